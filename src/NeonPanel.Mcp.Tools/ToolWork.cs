namespace NeonPanel.Mcp.Tools;

/// <summary>Marks a tool whose call only begins a long work, and tells how to see its end. Clients that know tasks get
/// a task in place of the first answer.</summary>
/// <param name="Poll">Name of the tool that reads the state of the work. Status 202 means that the work goes
/// on.</param>
/// <param name="IdArgument">The argument of that tool that names the work.</param>
/// <param name="IdMember">Path in the answer to the call: the value of that argument.</param>
/// <param name="Shared">The arguments that both tools have, such as the company.</param>
public sealed record ToolWork(string Poll, string IdArgument, string IdMember, IReadOnlyList<string> Shared)
{
    /// <summary>Gets the path of the state in the answer of <see cref="Poll"/>, or <see langword="null"/>.</summary>
    public string? State { get; init; }

    /// <summary>Gets the states in which the work goes on although the status is not 202.</summary>
    public IReadOnlyList<string> Working { get; init; } = [];

    /// <summary>Gets the states of a work that failed. The work succeeded in all other states.</summary>
    public IReadOnlyList<string> Failed { get; init; } = [];

    /// <summary>Gets the states of a work that was cancelled.</summary>
    public IReadOnlyList<string> Cancelled { get; init; } = [];

    /// <summary>Gets the name of the tool that cancels the work, with the same arguments as <see cref="Poll"/>;
    /// <see langword="null"/> if the API cannot cancel it.</summary>
    public string? Cancel { get; init; }
}
