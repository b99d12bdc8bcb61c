namespace NeonPanel.Mcp.Server.Research;

/// <summary>Says which records of a source to list.</summary>
/// <param name="Scope">The id of the scope, or <see langword="null"/> for a source without one.</param>
/// <param name="Words">The words to search for, or <see langword="null"/> for all records.</param>
/// <param name="Page">The number of the page; 1 is the first.</param>
internal sealed record ListQuery(string? Scope = null, string? Words = null, int Page = 1);
