namespace NeonPanel.Mcp.Generator.Emission;

/// <summary>One file of the output.</summary>
/// <param name="path">Path relative to the output folder, with <c>/</c>. The generator makes it; it is never copied
/// from the specification.</param>
/// <param name="parts">The text in parts. Each part is made when it is written, because the files of a large API do not
/// fit into memory. Line ends are LF.</param>
internal sealed class GeneratedFile(string path, IEnumerable<string> parts)
{
    private string? text;

    public GeneratedFile(string path, string text)
        : this(path, [text]) { }

    public string Path { get; } = path;

    public IEnumerable<string> Parts { get; } = parts;

    /// <summary>Gets the whole text, and keeps it in memory.</summary>
    public string Text => text ??= string.Concat(Parts);
}
