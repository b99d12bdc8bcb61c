namespace NeonPanel.Mcp.Server.Calls.Totals;

/// <summary>The rows with equal values of the members that they are grouped by, and equal currencies.</summary>
/// <param name="Keys">The values as JSON text, in the order of <c>by</c>.</param>
/// <param name="Currencies">The currency of each function as JSON text; <see langword="null"/> for none.</param>
/// <param name="Cells">One for each function.</param>
internal sealed record TotalGroup(
    IReadOnlyList<string> Keys,
    IReadOnlyList<string?> Currencies,
    IReadOnlyList<TotalCell> Cells
)
{
    /// <summary>Gets the keys and currencies as one text that no other group has.</summary>
    public string Identity => string.Join('\n', [.. Keys, .. Currencies]);
}
