namespace NeonPanel.Mcp.Server.Calls.Totals;

/// <summary>One page to read.</summary>
/// <param name="Number">The number of the page among those that are read; the first is 1.</param>
internal sealed record PageRequest(int Number)
{
    /// <summary>Gets the argument that chooses the page, or <see langword="null"/> for the first page and for an
    /// address.</summary>
    public string? Argument { get; init; }

    /// <summary>Gets the value of the argument.</summary>
    public string? Value { get; init; }

    /// <summary>Gets the address that the page before names, or <see langword="null"/>.</summary>
    public Uri? Address { get; init; }
}
