namespace NeonPanel.Mcp.Generator.Catalog;

/// <summary>Two arguments that are the first and the last day of one span.</summary>
internal sealed record SpanModel(string From, string To);
