using NeonPanel.Mcp.Ledger;
using NeonPanel.Mcp.Ledger.Generation;
using NeonPanel.Mcp.Ledger.Records;
using NeonPanel.Mcp.Sandbox.Api.Answers;
using NeonPanel.Mcp.Sandbox.Api.Requests;

namespace NeonPanel.Mcp.Sandbox.Api.Operations;

/// <summary>Shipments.</summary>
internal static class ShipmentOperations
{
    private static readonly string[] Methods = ["LTL", "FTL", "SPD"];

    public static ApiAnswer List(ApiCall call)
    {
        var company = call.Company;
        var search = call.Query.Text("search");
        var warehouses = call.Query.Numbers("warehouses");
        // One end of the span is held against arrival, the other against dispatch.
        var start = call.Query.Day("start_date");
        var end = call.Query.Day("end_date");
        var shipments = call
            .Journal.Shipments.Values.Where(shipment => shipment.CompanyId == company.Id)
            .Where(shipment =>
                warehouses.Count == 0
                || warehouses.Contains(shipment.OriginWarehouseId ?? 0)
                || warehouses.Contains(shipment.DestinationWarehouseId ?? 0)
            )
            .Where(shipment => (start is null || shipment.Arrived >= start) && (end is null || shipment.Sent <= end))
            .Where(shipment => Search.Matches(search, shipment.RefNumber, shipment.Name))
            .OrderByDescending(shipment => shipment.Sent ?? DateOnly.MaxValue)
            .ThenByDescending(shipment => shipment.Id);
        return ApiAnswer.FilteredPage(call, PageSizes.Documents, [.. shipments], shipment =>
            StockJson.Shipment(call.Journal, shipment)
        );
    }

    public static ApiAnswer Read(ApiCall call) =>
        ApiAnswer.Ok(StockJson.Shipment(call.Journal, Find(call, call.Company)));

    public static ApiAnswer Create(ApiCall call)
    {
        var company = call.Company;
        var id = Journal.NextId(call.Journal.Shipments);
        var task = TaskIds.Of(DocumentKind.Shipment, id);
        var shipment = new Shipment(
            id,
            company.Id,
            null,
            null,
            task,
            null,
            Shipment.Manual,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            []
        );
        return Save(call, company, shipment, isNew: true);
    }

    public static ApiAnswer Update(ApiCall call)
    {
        var company = call.Company;
        var before = Find(call, company);
        if (before.SourceType != Shipment.Manual)
        {
            throw ApiRefusal.BadRequest(
                $"This shipment comes from an external document ({before.SourceType}) and cannot change."
            );
        }

        return Save(call, company, before, isNew: false);
    }

    private static Shipment Find(ApiCall call, Company company) =>
        call.Record(call.Journal.Shipments, "shipmentId", company);

    private static ApiAnswer Save(ApiCall call, Company company, Shipment before, bool isNew)
    {
        var errors = new FieldErrors();
        var payload = new Payload(call.Object(), call.Journal, company, errors);
        var arrived = payload.Day("date_shipment_arrived", before.Arrived);
        var shipment = before with
        {
            Name = payload.Text("name", before.Name),
            RefNumber = isNew ? payload.RefNumber() : before.RefNumber,
            Sent = payload.Day("date_shipment_sent", before.Sent),
            Arrived = arrived,
            Completed =
                arrived == before.Arrived ? before.Completed : arrived?.ToDateTime(new(12, 0), DateTimeKind.Utc),
            OriginMarket = payload.Market("origin_market", before.OriginMarket),
            DestinationMarket = payload.Market("destination_market", before.DestinationMarket),
            OriginWarehouseId = payload.Id("origin_warehouse_id", before.OriginWarehouseId, call.Journal.Warehouses),
            DestinationWarehouseId = payload.Id(
                "destination_warehouse_id",
                before.DestinationWarehouseId,
                call.Journal.Warehouses
            ),
            TrackingNumber = payload.Text("tracking_number", before.TrackingNumber),
            Method = payload.Choice("shipment_method", before.Method, Methods),
            Lines = payload.Lines("items", before.Lines, Line),
        };
        if (shipment.Arrived < shipment.Sent)
        {
            payload.Add(
                "date_shipment_arrived",
                $"The date_shipment_arrived {Json.Text(shipment.Arrived!.Value)} is before the day of dispatch."
            );
        }

        errors.ThrowIfAny();
        EntryLock.Check(company, shipment.Sent, before.Sent);
        var change = call.Journal.Put(shipment);
        return ApiAnswer.Ok(StockJson.Shipment(change, shipment), change);
    }

    private static ShipmentLine? Line(Payload payload)
    {
        var item = payload.Id("origin_inventory_id", null, payload.Journal.Items, isRequired: true);
        var shipped = payload.Number("quantity_shipped", null, isRequired: true, least: 1);
        // Nothing is received while a shipment is under way.
        var received = payload.Number("quantity_received", 0, least: 0);
        return item is { } id && shipped is { } units ? new(id, units, received ?? 0) : null;
    }
}
