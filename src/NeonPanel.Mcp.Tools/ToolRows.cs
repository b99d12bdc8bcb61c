namespace NeonPanel.Mcp.Tools;

/// <summary>The list of a tool's answer, of which the server can read all pages.</summary>
/// <param name="Path">The list's path in the answer: <c>data</c>, or <c>items</c> for an answer that is a list.</param>
/// <param name="Currency">The member of a row that contains the currency of its amounts, if the overlay names it.
/// Without it, the server looks for a member of that name beside an amount.</param>
public sealed record ToolRows(string Path, string? Currency = null)
{
    /// <summary>Gets what the instructions say about the three arguments. The schemas of the tools do not explain
    /// them.</summary>
    public const string Instructions =
        "Never add up pages yourself. List tools with 'total' read all pages: total='sum(amount), count by status top 10' "
        + "(count, sum, min, max; up to two members after 'by', such as 'by status, type'; currencies stay apart). "
        + "where='amount > 100 and due_date <= 2026-11-30 and paid_amount is empty' keeps matching rows "
        + "(= != < <= > >= contains, 'is empty', 'is not empty'; and, or; the value may be another member: 'a is empty or a < b'). "
        + "Both take members of a row, not of the lines inside it. all_pages=true returns all rows.";
}
