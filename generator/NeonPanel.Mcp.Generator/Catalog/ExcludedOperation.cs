namespace NeonPanel.Mcp.Generator.Catalog;

/// <summary>An operation that did not become a tool, and the reason.</summary>
internal sealed record ExcludedOperation(string Method, string Path, string Reason);
