namespace NeonPanel.Mcp.Generator.Catalog;

/// <summary>How the server notices that a client repeats a write. The overlay declares it
/// (<c>x-mcp.once</c>).</summary>
/// <param name="List">The tool whose list contains the record that the write creates, or
/// <see langword="null"/>.</param>
/// <param name="Search">The argument of that tool that searches for a text.</param>
/// <param name="Scope">The arguments in the path of that tool, which the write has too.</param>
/// <param name="Matches">Arguments of the write, each with the path of the member of a row that must be equal. The
/// first one is searched for.</param>
internal sealed record OnceModel(
    string? List,
    string? Search,
    IReadOnlyList<string> Scope,
    IReadOnlyList<KeyValuePair<string, string>> Matches
);
