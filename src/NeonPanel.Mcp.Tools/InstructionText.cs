namespace NeonPanel.Mcp.Tools;

/// <summary>A paragraph of the instructions.</summary>
/// <param name="Text">The text, one or more sentences.</param>
/// <param name="Tools">The tools that the text names. A client that lacks one of them does not get the text (rule
/// C11).</param>
/// <param name="Profiles">The profiles whose clients get the text. Empty for all profiles.</param>
public sealed record InstructionText(string Text, IReadOnlyList<string> Tools, IReadOnlyList<string> Profiles);
