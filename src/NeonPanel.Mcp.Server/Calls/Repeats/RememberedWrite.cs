namespace NeonPanel.Mcp.Server.Calls.Repeats;

/// <summary>A write that the server remembers.</summary>
/// <param name="State">Its state.</param>
/// <param name="At">When it began, or when it ended.</param>
/// <param name="Receipt">Its result, if it is done.</param>
internal sealed record RememberedWrite(WriteState State, DateTimeOffset At, WriteReceipt? Receipt = null);

/// <summary>The outcome of the attempt to begin a write.</summary>
/// <param name="IsMine">Whether the caller may send the write. It must end the claim then.</param>
/// <param name="Earlier">The same write before, if the server remembers one.</param>
/// <param name="Change">Ends when it is worth asking again, if the same write is running.</param>
/// <param name="IsAlone">Whether the other instances could not be asked.</param>
internal sealed record WriteClaim(
    bool IsMine,
    RememberedWrite? Earlier = null,
    Task? Change = null,
    bool IsAlone = false
)
{
    /// <summary>Gets the object that marks the claim in this instance.</summary>
    public object? Ticket { get; init; }

    /// <summary>Gets whether another instance may have sent the write although nobody remembers it.</summary>
    public bool IsUnsure { get; init; }

    /// <summary>Gets the text that marks the claim at the other instances, or <see langword="null"/>.</summary>
    public string? Mark { get; init; }
}
