namespace NeonPanel.Mcp.Ledger;

/// <summary>A part of the cost of some units.</summary>
/// <param name="Type">Kind of cost: <c>Vendor Price</c>, or the name of a bill's service.</param>
/// <param name="Source">The document that the cost comes from.</param>
public sealed record CostShare(string Type, DocumentKey Source, decimal Amount);

/// <summary>Units of one batch with their cost.</summary>
/// <param name="Batch">The document that brought the units into the company.</param>
/// <param name="Costs">Parts of the cost of all the units.</param>
public sealed record CostedUnits(DocumentKey Batch, int Units, IReadOnlyList<CostShare> Costs)
{
    /// <summary>Gets the cost of all the units.</summary>
    public decimal Amount => Costs.Sum(cost => cost.Amount);
}

/// <summary>Units of one batch that entered a warehouse.</summary>
/// <param name="Document">The document that brought the units into this warehouse.</param>
public sealed record Entry(DateOnly Day, int ItemId, int WarehouseId, DocumentKey Document, CostedUnits Units);

/// <summary>Units that left the company: sold, lost on the way, or written off. Below zero for units that came
/// back.</summary>
/// <param name="Uncosted">Units that the warehouse did not have, so that they have no cost.</param>
public sealed record Consumption(
    DateOnly Day,
    ConsumptionKind Kind,
    DocumentKey Document,
    int Line,
    int ItemId,
    int WarehouseId,
    IReadOnlyList<CostedUnits> Batches,
    int Uncosted = 0
)
{
    /// <summary>Gets the units.</summary>
    public int Units => Batches.Sum(batch => batch.Units) + Uncosted;

    /// <summary>Gets the cost of the units.</summary>
    public decimal Amount => Batches.Sum(batch => batch.Amount);
}

/// <summary>Ways in which units leave the company.</summary>
public enum ConsumptionKind
{
    /// <summary>Sold on an invoice.</summary>
    Sale,

    /// <summary>Sent in a shipment, but not received.</summary>
    Lost,

    /// <summary>Taken out by an adjustment.</summary>
    WriteOff,

    /// <summary>Moved before the warehouse had them; their cost, found later, belongs to no sale.</summary>
    Unassigned,
}
