namespace NeonPanel.Mcp.Agent.Scripted;

/// <summary>The best known path of each question, by its number.</summary>
internal static class Scripts
{
    public static readonly IReadOnlyDictionary<int, Func<Steps, Task<string>>> All = StockScripts
        .All.Concat(CostScripts.All)
        .Concat(MoneyScripts.All)
        .Concat(WriteScripts.All)
        .Concat(ChangeScripts.All)
        .Concat(TrapScripts.All)
        .Concat(MovementScripts.All)
        .Concat(CompanyScripts.All)
        .Concat(EntryScripts.All)
        .ToDictionary();
}
