namespace NeonPanel.Mcp.Ledger;

/// <summary>One change of stock: a line of a document.</summary>
/// <param name="Units">Units that entered the warehouse; below zero if they left it.</param>
/// <param name="Line">Number of the document's line, from 0.</param>
public sealed record Movement(
    DateOnly Day,
    MovementKind Kind,
    DocumentKey Document,
    int Line,
    int CompanyId,
    int ItemId,
    int WarehouseId,
    int Units
);

/// <summary>Kinds of movements, in the order in which they count on one day.</summary>
public enum MovementKind
{
    /// <summary>Goods of an order enter.</summary>
    Receipt,

    /// <summary>Units of a shipment that left on an earlier day enter.</summary>
    Arrival,

    /// <summary>An adjustment puts units in.</summary>
    Found,

    /// <summary>A customer returns units.</summary>
    Return,

    /// <summary>Parts of a kit leave.</summary>
    Part,

    /// <summary>Kits enter.</summary>
    Kit,

    /// <summary>Units of a shipment leave.</summary>
    Departure,

    /// <summary>Units of a shipment that left on the same day enter.</summary>
    SameDayArrival,

    /// <summary>Units are sold.</summary>
    Sale,

    /// <summary>An adjustment takes units out.</summary>
    WriteOff,
}
