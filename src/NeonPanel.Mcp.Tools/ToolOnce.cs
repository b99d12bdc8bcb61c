namespace NeonPanel.Mcp.Tools;

/// <summary>Marks a write that must take effect once although clients repeat calls, and tells where to see whether it
/// did.</summary>
/// <param name="List">Name of the tool whose list contains the record that the write creates; <see langword="null"/> if
/// there is none.</param>
/// <param name="Search">The argument of that tool that searches for a text.</param>
/// <param name="Scope">The arguments that both tools have, such as the company.</param>
/// <param name="Matches">Arguments of the write, each with the path of the member of a row that must be equal. The
/// first one is searched for.</param>
public sealed record ToolOnce(
    string? List = null,
    string? Search = null,
    IReadOnlyList<string>? Scope = null,
    IReadOnlyList<KeyValuePair<string, string>>? Matches = null
)
{
    /// <summary>Name of the argument that sends the same call once more.</summary>
    public const string Repeat = "repeat";
}
