using System.Text.Json.Nodes;
using NeonPanel.Mcp.Ledger;

namespace NeonPanel.Mcp.Sandbox.Api.Answers;

/// <summary>Shipments, assembly orders, adjustments and invoices as the API writes them.</summary>
internal static class StockJson
{
    public static JsonObject Shipment(Journal journal, Shipment shipment) =>
        new()
        {
            ["id"] = shipment.Id,
            ["name"] = shipment.Name,
            ["link"] = DocumentLinks.Link(shipment),
            ["source_type"] = shipment.SourceType,
            ["ref_number"] = shipment.RefNumber,
            ["date_shipment_sent"] = Json.Of(shipment.Sent),
            ["date_shipment_arrived"] = Json.Of(shipment.Arrived),
            ["origin_market"] = shipment.OriginMarket,
            ["destination_market"] = shipment.DestinationMarket,
            ["origin_warehouse"] = CatalogJson.DocumentWarehouse(journal, shipment.OriginWarehouseId),
            ["destination_warehouse"] = CatalogJson.DocumentWarehouse(journal, shipment.DestinationWarehouseId),
            ["tracking_number"] = shipment.TrackingNumber,
            ["shipment_method"] = shipment.Method,
            ["carrier_name"] = shipment.Carrier,
            ["items"] = Json.Array(shipment.Lines, line => new JsonObject
            {
                ["origin_inventory"] = CatalogJson.Item(journal, journal.Items[line.ItemId]),
                ["quantity_shipped"] = line.Shipped,
                ["quantity_received"] = line.Received,
            }),
        };

    public static JsonObject AssemblyOrder(Journal journal, AssemblyOrder order) =>
        new()
        {
            ["id"] = order.Id,
            ["name"] = order.Name,
            ["link"] = DocumentLinks.Link(order),
            ["ref_number"] = order.RefNumber,
            ["date_order_assembled"] = Json.Of(order.Assembled),
            ["market"] = order.Market,
            ["warehouse"] = CatalogJson.DocumentWarehouse(journal, order.WarehouseId),
            ["items"] = Json.Array(order.Lines, line => AssemblyLine(journal, line)),
        };

    public static JsonObject Adjustment(Journal journal, Adjustment adjustment) =>
        new()
        {
            ["id"] = adjustment.Id,
            ["name"] = adjustment.Name,
            ["link"] = DocumentLinks.Link(adjustment),
            ["ref_number"] = adjustment.RefNumber,
            ["reason"] = adjustment.Reason,
            ["transaction_date"] = Json.Of(adjustment.Date),
            ["market"] = adjustment.Market,
            ["amount"] = Json.Of(adjustment.Amount),
            ["currency"] = adjustment.Currency,
            ["warehouse"] = CatalogJson.DocumentWarehouse(journal, adjustment.WarehouseId),
            ["details"] = Json.Array(adjustment.Lines, line =>
                Line(journal, line.ItemId, line.ServiceId, line.Quantity, line.Amount)
            ),
        };

    public static JsonObject Invoice(Journal journal, Invoice invoice) =>
        new()
        {
            ["id"] = invoice.Id,
            ["name"] = invoice.Name,
            ["link"] = DocumentLinks.Link(invoice),
            ["source"] = invoice.Source,
            ["ref_number"] = invoice.RefNumber,
            ["transaction_date"] = Json.Of(invoice.Date),
            ["market"] = invoice.Market,
            ["amount"] = Json.Of(invoice.Amount),
            ["currency"] = invoice.Currency,
            ["warehouse"] = CatalogJson.DocumentWarehouse(journal, invoice.WarehouseId),
            ["customer"] = invoice.CustomerId is { } customer ? Customer(journal.Customers[customer]) : null,
            ["sales_channel"] = invoice.SalesChannelId is { } channel
                ? new JsonObject { ["id"] = channel, ["name"] = journal.SalesChannels[channel].Name }
                : null,
            ["details"] = Json.Array(invoice.Lines, line =>
                Line(journal, line.ItemId, line.ServiceId, line.Quantity, line.Amount)
            ),
        };

    private static JsonObject Line(Journal journal, int? itemId, int? serviceId, int quantity, decimal amount)
    {
        var product = itemId is { } item ? journal.ProductOf(journal.Items[item]) : null;
        var service = serviceId is { } known ? journal.Services[known] : null;
        return new()
        {
            ["inventory_id"] = itemId,
            ["service_id"] = serviceId,
            ["sku"] = product?.Sku,
            ["product_name"] = product?.Name,
            ["service_name"] = service?.Name,
            ["service_group"] = service?.Group,
            ["quantity"] = quantity,
            ["amount"] = Json.Of(amount),
        };
    }

    private static JsonObject AssemblyLine(Journal journal, AssemblyLine line)
    {
        var assembly = journal.Assemblies[line.AssemblyId];
        return new()
        {
            ["assembly_id"] = line.AssemblyId,
            ["assembly_sku"] = journal.SkuOf(journal.Items[assembly.ItemId]),
            ["assembly_name"] = assembly.Name,
            ["assembly_description"] = assembly.Description,
            ["quantity"] = line.Quantity,
        };
    }

    private static JsonObject Customer(Ledger.Records.Customer customer) =>
        new()
        {
            ["id"] = customer.Id,
            ["bk_id"] = customer.BookkeepingId,
            ["bk_type"] = customer.BookkeepingType,
            ["name"] = customer.Name,
            ["code"] = customer.Code,
        };
}
