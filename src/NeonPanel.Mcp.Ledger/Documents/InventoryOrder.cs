using NeonPanel.Mcp.Ledger.Records;

namespace NeonPanel.Mcp.Ledger;

/// <summary>A purchase order for stock. Its goods are in the warehouse from <paramref name="Received"/> on.</summary>
/// <param name="Placed">The day that the order went to the vendor (<c>date_order_placed</c>).</param>
/// <param name="Received">The day that the goods arrived (<c>date_manufacturing_completed</c>).</param>
public sealed record InventoryOrder(
    int Id,
    int CompanyId,
    string? Name,
    string? RefNumber,
    Guid? Task,
    DateTime? Completed,
    string? Market,
    string? Currency,
    int? VendorId,
    int? PaymentTermId,
    DateOnly? Placed,
    DateOnly? Received,
    int? WarehouseId,
    IReadOnlyList<OrderLine> Lines
) : PayableDocument(Id, CompanyId, Name, RefNumber, Task, Completed, Market, Currency, VendorId, PaymentTermId)
{
    public override DocumentKind Kind => DocumentKind.InventoryOrder;

    public override DateOnly? Day => Received;

    public override string Status => Received is null ? "At the Factory" : "Received";

    public override decimal Amount => Lines.Sum(line => line.Amount);

    public override DateOnly? DayOf(DateAnchor anchor) =>
        anchor switch
        {
            DateAnchor.OrderPlaced => Placed,
            DateAnchor.ManufacturingCompleted => Received,
            _ => Placed,
        };
}

/// <summary>A line of a purchase order.</summary>
/// <param name="Price">Price of one unit.</param>
public sealed record OrderLine(int ItemId, int Quantity, decimal Price)
{
    /// <summary>Gets the money amount, to the cent.</summary>
    public decimal Amount => Money.Round(Quantity * Price);
}
