namespace NeonPanel.Mcp.Ledger;

/// <summary>The FIFO costs of one company: what entered its warehouses, what left the company, and what is still
/// there.</summary>
/// <param name="Entries">Units that entered a warehouse, in the order of days.</param>
/// <param name="Consumptions">Units that left the company, in the order of days.</param>
/// <param name="Stock">Units that are still in a warehouse, by item and warehouse, oldest first.</param>
public sealed record Costs(
    IReadOnlyList<Entry> Entries,
    IReadOnlyList<Consumption> Consumptions,
    IReadOnlyDictionary<(int ItemId, int WarehouseId), IReadOnlyList<CostedUnits>> Stock
)
{
    /// <summary>Gets the cost of all units in the warehouses.</summary>
    public decimal StockValue => Stock.Values.Sum(batches => batches.Sum(batch => batch.Amount));

    /// <summary>Computes the costs of a company.</summary>
    /// <param name="until">The last day that counts; <see langword="null"/> for all days.</param>
    public static Costs Of(Journal journal, int companyId, DateOnly? until = null)
    {
        var flow = new CostFlow(journal, companyId);
        foreach (
            var movement in Movements
                .Of(journal, companyId)
                .TakeWhile(movement => until is null || movement.Day <= until)
        )
        {
            flow.Apply(movement);
        }

        return flow.Result();
    }
}
