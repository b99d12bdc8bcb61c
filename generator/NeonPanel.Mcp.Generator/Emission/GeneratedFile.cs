namespace NeonPanel.Mcp.Generator.Emission;

/// <summary>One file of the output.</summary>
/// <param name="path">Relative to the output folder, with <c>/</c>; made by us, never copied from the
/// specification.</param>
/// <param name="parts">The text in parts, each made when it is written: the files of a large API do not fit into
/// memory. Line ends are LF.</param>
internal sealed class GeneratedFile(string path, IEnumerable<string> parts)
{
    private string? text;

    public GeneratedFile(string path, string text)
        : this(path, [text]) { }

    public string Path { get; } = path;

    public IEnumerable<string> Parts { get; } = parts;

    /// <summary>Gets the whole text, which stays in memory then.</summary>
    public string Text => text ??= string.Concat(Parts);
}
