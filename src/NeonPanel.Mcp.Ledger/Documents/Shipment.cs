namespace NeonPanel.Mcp.Ledger;

/// <summary>Stock on its way between warehouses. Units leave on <paramref name="Sent"/> and are in the other warehouse
/// from <paramref name="Arrived"/> on; units that were sent and did not arrive are lost.</summary>
/// <param name="SourceType"><c>Manual</c>, <c>Amazon FBA</c> or <c>Amazon AWD</c>; only manual shipments can
/// change.</param>
public sealed record Shipment(
    int Id,
    int CompanyId,
    string? Name,
    string? RefNumber,
    Guid? Task,
    DateTime? Completed,
    string SourceType,
    DateOnly? Sent,
    DateOnly? Arrived,
    string? OriginMarket,
    string? DestinationMarket,
    int? OriginWarehouseId,
    int? DestinationWarehouseId,
    string? TrackingNumber,
    string? Method,
    string? Carrier,
    IReadOnlyList<ShipmentLine> Lines
) : Document(Id, CompanyId, Name, RefNumber, Task, Completed)
{
    public const string Manual = "Manual";

    public override DocumentKind Kind => DocumentKind.Shipment;

    public override DateOnly? Day => Sent;

    public override string Status => Arrived is null ? "On the Way" : "Delivered";
}

/// <summary>A line of a shipment.</summary>
public sealed record ShipmentLine(int ItemId, int Shipped, int Received);
