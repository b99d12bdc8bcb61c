namespace NeonPanel.Mcp.Tools;

/// <summary>Where the id of the record is that a call wrote. The log contains it.</summary>
/// <param name="Argument">The argument with the id, or <see langword="null"/>.</param>
/// <param name="Answer">The path of the id in the answer, member names joined by dots, or
/// <see langword="null"/>.</param>
public sealed record ToolRecord(string? Argument, string? Answer);
