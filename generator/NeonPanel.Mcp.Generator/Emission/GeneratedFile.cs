namespace NeonPanel.Mcp.Generator.Emission;

/// <summary>One file of the output.</summary>
/// <param name="Path">Relative to the output folder, with <c>/</c>; made by us, never copied from the specification.</param>
/// <param name="Text">The whole text, line ends LF.</param>
internal sealed record GeneratedFile(string Path, string Text);
