namespace NeonPanel.Mcp.Generator.Catalog;

/// <summary>The arguments that choose a part of a list, as the overlay declares them (<c>x-mcp.paging</c>). Without a
/// declaration, the server recognizes them by their names.</summary>
internal sealed record PagingModel(string? Page, string? Size, string? Offset, string? Cursor);
