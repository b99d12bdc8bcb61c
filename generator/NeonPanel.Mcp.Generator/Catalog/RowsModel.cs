namespace NeonPanel.Mcp.Generator.Catalog;

/// <summary>The list of an answer of which the server can read all pages (<c>x-mcp.totals</c>). Its tool has the
/// arguments <c>total</c>, <c>where</c> and <c>all_pages</c>.</summary>
/// <param name="Path">The list's path in the answer.</param>
/// <param name="Currency">The member of a row that contains the currency, if the overlay names it.</param>
internal sealed record RowsModel(string Path, string? Currency)
{
    /// <summary>Gets whether the overlay enables totals for the operation itself, whether its paging is known or
    /// not.</summary>
    public bool IsDeclared { get; init; }
}
