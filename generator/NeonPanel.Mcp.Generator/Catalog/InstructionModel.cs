namespace NeonPanel.Mcp.Generator.Catalog;

/// <summary>A paragraph of the instructions that the server sends to clients.</summary>
/// <param name="Text">The text, with names of tools in place of operation ids.</param>
/// <param name="Tools">The tools that the text names, in ordinal order.</param>
/// <param name="Profiles">The profiles whose clients get the text. Empty for all profiles.</param>
internal sealed record InstructionModel(string Text, IReadOnlyList<string> Tools, IReadOnlyList<string> Profiles);
