using System.Text.Json.Nodes;
using NeonPanel.Mcp.Agent.Questions;
using NeonPanel.Mcp.Agent.Sessions;

namespace NeonPanel.Mcp.Agent.Scripted;

/// <summary>Paths of <see cref="EntryQuestions"/>.</summary>
internal static class EntryScripts
{
    private const string Done = "Answer: done";

    public static readonly IReadOnlyDictionary<int, Func<Steps, Task<string>>> All = new Dictionary<
        int,
        Func<Steps, Task<string>>
    >
    {
        [53] = ForbiddenAsync,
        [54] = ImportAsync,
        [55] = ReorderAsync,
        [56] = TakenAsync,
        [58] = CanadianBillAsync,
        [60] = DeleteAsync,
    };

    private static async Task<string> ForbiddenAsync(Steps steps)
    {
        var text = await steps.TryAsync(
            "updateInventoryItem",
            new()
            {
                ["companyUuid"] = "Tidewater Goods Ltd",
                ["inventoryId"] = "TD-DBB-001",
                ["restock_data"] = new JsonObject { ["lead_time_days"] = 40 },
            }
        );
        return $"Answer: it was not set. {text}";
    }

    private static async Task<string> ImportAsync(Steps steps)
    {
        var queued = await steps.CallAsync(
            "createDocumentsByPdf",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["type"] = "bill",
                ["link"] = "https://files.harborpine.example/HDC-4410.pdf",
            }
        );
        var status = await steps.CallAsync(
            "checkImportStatus",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["type"] = "bill",
                ["requestId"] = queued.Text("request_id"),
                ["wait_seconds"] = 20,
            }
        );
        return $"Answer: the import ended as {status.Text("status")}, so nothing was entered. {status.Text("message")}";
    }

    private static async Task<string> ReorderAsync(Steps steps)
    {
        var orders = await steps.RowsAsync(
            "inventoryOrders_list",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["search"] = "HP-PO-1569",
                ["fields"] =
                    "data.id,data.details.inventory_id,data.details.sku,data.details.quantity,data.details.price",
            }
        );
        var order = orders.Single();
        await steps.CallAsync(
            "inventoryOrders_update",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["orderId"] = order.Number("id"),
                // The lines that are sent replace all lines.
                ["details"] = new JsonArray([
                    .. order
                        .List("details")
                        .Select(line => new JsonObject
                        {
                            ["inventory_id"] = line.Number("inventory_id"),
                            ["quantity"] = line.Text("sku") == "HP-TPSL-018" ? 90 : line.Number("quantity"),
                            ["price"] = line.Amount("price"),
                        }),
                ]),
            }
        );
        return Done;
    }

    private static async Task<string> TakenAsync(Steps steps)
    {
        var bills = await steps.RowsAsync(
            "bills_list",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["search"] = "SPP-6093",
                ["fields"] = "data.ref_number,data.date,data.amount",
            }
        );
        return bills.Exists(bill => bill.Text("ref_number") == "SPP-6093")
            ? "Answer: it is in the books already, so nothing was entered."
            : Done;
    }

    private static async Task<string> CanadianBillAsync(Steps steps)
    {
        await steps.CallAsync("getImportInstructions", new() { ["type"] = "bill" });
        await steps.CallAsync(
            "createDocuments",
            WriteScripts.Bill(
                "Harbor & Pine Canada Inc.",
                "GLC-7001",
                "2026-11-25",
                "CAD",
                "Great Lakes Carriers",
                ("Ocean Freight", 640)
            )
        );
        return Done;
    }

    private static async Task<string> DeleteAsync(Steps steps)
    {
        var items = await steps.RowsAsync(
            "listInventoryItems",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["sku"] = "HP-BCS-037",
                ["country_code"] = "MX",
                ["fields"] = "data.id",
            }
        );
        await steps.TryAsync(
            "deleteInventoryItem",
            new() { ["companyUuid"] = Steps.Outfitters, ["inventoryId"] = items.Single().Number("id") }
        );
        return Done;
    }
}
