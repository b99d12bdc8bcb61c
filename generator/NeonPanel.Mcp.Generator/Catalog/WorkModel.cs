namespace NeonPanel.Mcp.Generator.Catalog;

/// <summary>How the server sees the end of a long work that a tool begins. The overlay declares it
/// (<c>x-mcp.task</c>).</summary>
/// <param name="Poll">The tool that reads the state.</param>
/// <param name="IdArgument">The argument of that tool that names the work.</param>
/// <param name="IdMember">Path of its value in the answer to the call.</param>
/// <param name="Shared">The arguments that both tools have.</param>
internal sealed record WorkModel(string Poll, string IdArgument, string IdMember, IReadOnlyList<string> Shared)
{
    /// <summary>Gets the path of the state in the answer of the tool that reads it, or
    /// <see langword="null"/>.</summary>
    public string? State { get; init; }

    public IReadOnlyList<string> Working { get; init; } = [];

    public IReadOnlyList<string> Failed { get; init; } = [];

    public IReadOnlyList<string> Cancelled { get; init; } = [];

    /// <summary>Gets the tool that cancels the work, or <see langword="null"/>.</summary>
    public string? Cancel { get; init; }
}
