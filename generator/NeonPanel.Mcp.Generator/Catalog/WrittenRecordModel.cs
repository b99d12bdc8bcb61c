namespace NeonPanel.Mcp.Generator.Catalog;

/// <summary>Where the id of the record is that a call wrote: in an argument, or in the answer.</summary>
/// <param name="Argument">The argument, or <see langword="null"/>.</param>
/// <param name="Answer">The path of the member of the answer, or <see langword="null"/>.</param>
internal sealed record WrittenRecordModel(string? Argument, string? Answer);
