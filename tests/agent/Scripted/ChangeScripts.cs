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
    private const string Reno = "Reno Stockroom";

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
        await steps.WriteAsync(
            "paymentRequests_update",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["paymentId"] = request.Number("id"),
                ["paid_amount"] = request.Amount("amount_due"),
                ["payment_date"] = Today,
                ["transaction_number"] = "ACH-60001",
            },
            fields: "id"
        );
        return Done;
    }

    private static async Task<string> LeadTimeAsync(Steps steps)
    {
        await steps.WriteAsync(
            "updateInventoryItem",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["inventoryId"] = "HP-LANT-01",
                ["restock_data"] = new JsonObject { ["lead_time_days"] = 50 },
            },
            fields: "id"
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
        await steps.WriteAsync(
            "assemblyOrders_create",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["ref_number"] = "HP-AO-0300",
                ["date_order_assembled"] = Today,
                ["warehouse_id"] = Reno,
                ["items"] = new JsonArray(new JsonObject { ["assembly_id"] = "Weekend Camp Kit", ["quantity"] = 10 }),
            }
        );
        return Done;
    }

    private static async Task<string> OrderAsync(Steps steps)
    {
        // A write needs the whole name, and the question has a part of it.
        var vendors = await FindAsync(steps, "vendors_list", "Shenzhen Luminary Works", "data.name");
        await steps.WriteAsync(
            "inventoryOrders_create",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["ref_number"] = "HP-PO-1700",
                ["date_order_placed"] = Today,
                ["currency"] = "USD",
                ["vendor_id"] = vendors.Single().Text("name"),
                ["warehouse_id"] = Reno,
                ["details"] = new JsonArray(
                    new JsonObject
                    {
                        ["inventory_id"] = "HP-BOTL-32F",
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
        await steps.WriteAsync(
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
        await steps.WriteAsync(
            "invoices_create",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["ref_number"] = "HP-INV-9001",
                ["transaction_date"] = Today,
                ["currency"] = "USD",
                ["warehouse_id"] = Reno,
                ["customer_id"] = "Tahoe Trading Post",
                ["sales_channel_id"] = "Wholesale",
                ["details"] = new JsonArray(
                    new JsonObject
                    {
                        ["inventory_id"] = "HP-LANT-01",
                        ["service_id"] = "Merchandise Sales",
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
