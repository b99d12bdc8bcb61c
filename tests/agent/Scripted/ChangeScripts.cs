using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Agent.Questions;
using NeonPanel.Mcp.Agent.Sessions;

namespace NeonPanel.Mcp.Agent.Scripted;

/// <summary>Paths of <see cref="ChangeQuestions"/>.</summary>
internal static class ChangeScripts
{
    private const string Done = "Answer: done";
    private const string Today = "2026-11-28";

    public static readonly IReadOnlyDictionary<int, Func<Steps, Task<string>>> All = new Dictionary<
        int,
        Func<Steps, Task<string>>
    >
    {
        [31] = PayAsync,
        [32] = LeadTimeAsync,
        [33] = SafetyStockAsync,
        [34] = AssembleAsync,
        [35] = OrderAsync,
        [41] = ArriveAsync,
        [42] = SellAsync,
    };

    private static async Task<string> PayAsync(Steps steps)
    {
        var bills = await FindAsync(
            steps,
            "bills_list",
            "SPP-6093",
            "data.payment_requests.id,data.payment_requests.amount_due"
        );
        var request = bills.Single().List("payment_requests").Single();
        await steps.CallAsync(
            "paymentRequests_update",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["paymentId"] = request.Number("id"),
                ["paid_amount"] = request.Amount("amount_due"),
                ["payment_date"] = Today,
                ["transaction_number"] = "ACH-60001",
            }
        );
        return Done;
    }

    private static async Task<string> LeadTimeAsync(Steps steps)
    {
        await steps.CallAsync(
            "updateInventoryItem",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["inventoryId"] = await steps.ItemAsync(Steps.Outfitters, "HP-LANT-01"),
                ["restock_data"] = new JsonObject { ["lead_time_days"] = 50 },
            }
        );
        return Done;
    }

    private static async Task<string> SafetyStockAsync(Steps steps)
    {
        await steps.CallAsync(
            "updateCompanyForecastingSettings",
            new() { ["companyUuid"] = Steps.Outfitters, ["default_safety_stock_days"] = 25 }
        );
        return Done;
    }

    private static async Task<string> AssembleAsync(Steps steps)
    {
        // No list has the ids of kits and warehouses; an earlier order has both.
        var orders = await FindAsync(
            steps,
            "assemblyOrders_list",
            "Weekend",
            "data.warehouse.id,data.warehouse.name,data.items.assembly_id,data.items.assembly_name"
        );
        var order = orders.First(row => row.GetProperty("warehouse").Text("name") == "Reno Stockroom");
        var kit = order.List("items").First(line => line.Text("assembly_name") == "Weekend Camp Kit");
        await steps.CallAsync(
            "assemblyOrders_create",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["ref_number"] = "HP-AO-0300",
                ["date_order_assembled"] = Today,
                ["warehouse_id"] = order.GetProperty("warehouse").Number("id"),
                ["items"] = new JsonArray(
                    new JsonObject { ["assembly_id"] = kit.Number("assembly_id"), ["quantity"] = 10 }
                ),
            }
        );
        return Done;
    }

    private static async Task<string> OrderAsync(Steps steps)
    {
        // An earlier order of the same goods has the ids of vendor, warehouse and item.
        var orders = await FindAsync(
            steps,
            "inventoryOrders_list",
            "HP-BOTL-32F",
            "data.vendor.id,data.vendor.name,data.warehouse.id,data.warehouse.name,data.details.inventory_id,data.details.sku"
        );
        var order = orders.First(row =>
            row.GetProperty("vendor").Text("name")!.StartsWith("Shenzhen Luminary", StringComparison.Ordinal)
            && row.GetProperty("warehouse").Text("name") == "Reno Stockroom"
        );
        await steps.CallAsync(
            "inventoryOrders_create",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["ref_number"] = "HP-PO-1700",
                ["date_order_placed"] = Today,
                ["currency"] = "USD",
                ["vendor_id"] = order.GetProperty("vendor").Number("id"),
                ["warehouse_id"] = order.GetProperty("warehouse").Number("id"),
                ["details"] = new JsonArray(
                    new JsonObject
                    {
                        ["inventory_id"] = order
                            .List("details")
                            .First(line => line.Text("sku") == "HP-BOTL-32F")
                            .Number("inventory_id"),
                        ["quantity"] = 200,
                        ["price"] = 6.90m,
                    }
                ),
            }
        );
        return Done;
    }

    private static async Task<string> ArriveAsync(Steps steps)
    {
        var shipments = await FindAsync(
            steps,
            "shipments_list",
            "HP-SH-0499",
            "data.id,data.items.origin_inventory.id,data.items.quantity_shipped"
        );
        var shipment = shipments.Single();
        await steps.CallAsync(
            "shipments_update",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["shipmentId"] = shipment.Number("id"),
                ["date_shipment_arrived"] = Today,
                ["items"] = new JsonArray([
                    .. shipment
                        .List("items")
                        .Select(line => new JsonObject
                        {
                            ["origin_inventory_id"] = line.GetProperty("origin_inventory").Number("id"),
                            ["quantity_shipped"] = line.Number("quantity_shipped"),
                            ["quantity_received"] = line.Number("quantity_shipped"),
                        }),
                ]),
            }
        );
        return Done;
    }

    private static async Task<string> SellAsync(Steps steps)
    {
        // Numbers of customers stand in invoices alone, and this one's have all the others as well.
        var invoices = await steps.CallAsync(
            "invoices_list",
            Search(
                "Tahoe Trading Post",
                "data.customer.id,data.sales_channel.id,data.sales_channel.name,data.warehouse.id,data.warehouse.name,"
                    + "data.details.inventory_id,data.details.sku,data.details.service_id,data.details.service_name"
            )
        );
        var invoice = invoices
            .List("data")
            .First(row =>
                row.GetProperty("warehouse").Text("name") == "Reno Stockroom"
                && row.GetProperty("sales_channel").Text("name") == "Wholesale"
                && row.List("details").Any(line => line.Text("sku") == "HP-LANT-01")
            );
        var lantern = invoice.List("details").First(line => line.Text("sku") == "HP-LANT-01");
        await steps.CallAsync(
            "invoices_create",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["ref_number"] = "HP-INV-9001",
                ["transaction_date"] = Today,
                ["currency"] = "USD",
                ["warehouse_id"] = invoice.GetProperty("warehouse").Number("id"),
                ["customer_id"] = invoice.GetProperty("customer").Number("id"),
                ["sales_channel_id"] = invoice.GetProperty("sales_channel").Number("id"),
                ["details"] = new JsonArray(
                    new JsonObject
                    {
                        ["inventory_id"] = lantern.Number("inventory_id"),
                        ["service_id"] = lantern.Number("service_id"),
                        ["quantity"] = 6,
                        ["amount"] = 117.00m,
                    }
                ),
            }
        );
        return Done;
    }

    private static Task<List<JsonElement>> FindAsync(Steps steps, string tool, string search, string fields) =>
        steps.RowsAsync(tool, Search(search, fields));

    private static JsonObject Search(string search, string fields) =>
        new()
        {
            ["companyUuid"] = Steps.Outfitters,
            ["search"] = search,
            ["fields"] = fields,
        };
}
