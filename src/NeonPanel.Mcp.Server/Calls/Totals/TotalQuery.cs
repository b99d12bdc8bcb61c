namespace NeonPanel.Mcp.Server.Calls.Totals;

/// <summary>The argument <c>total</c>: <c>sum(amount), count by vendor.name, currency top 10</c>.</summary>
/// <param name="Functions">At least one.</param>
/// <param name="By">The members that rows are grouped by; at most two.</param>
/// <param name="Top">How many groups of each currency to return, or <see langword="null"/> for all.</param>
internal sealed record TotalQuery(IReadOnlyList<TotalFunction> Functions, IReadOnlyList<RowMember> By, int? Top);
