namespace NeonPanel.Mcp.Server.Calls.Totals;

/// <summary>One function of the argument <c>total</c>.</summary>
/// <param name="Member">The member that it works on; <see langword="null"/> for <c>count</c>.</param>
internal sealed record TotalFunction(TotalKind Kind, RowMember? Member)
{
    /// <summary>Gets the name in the result: <c>sum(amount)</c>.</summary>
    public string Label => Member is null ? "count" : $"{KindName}({Member.Name})";

    private string KindName =>
        Kind switch
        {
            TotalKind.Sum => "sum",
            TotalKind.Min => "min",
            _ => "max",
        };
}

internal enum TotalKind
{
    Count,
    Sum,
    Min,
    Max,
}
