using System.Text.Json.Nodes;
using NeonPanel.Mcp.Agent.Questions;
using NeonPanel.Mcp.Agent.Sessions;

namespace NeonPanel.Mcp.Agent.Scripted;

/// <summary>Paths of <see cref="WriteQuestions"/>.</summary>
internal static class WriteScripts
{
    private const string Lantern = "HP-LANT-01";
    private const string Reno = "Reno Stockroom";

    public static readonly IReadOnlyDictionary<int, Func<Steps, Task<string>>> All = new Dictionary<
        int,
        Func<Steps, Task<string>>
    >
    {
        [24] = EnterBillAsync,
        [25] = CorrectBillAsync,
        [26] = BrokenAsync,
        [27] = ShipAsync,
        [28] = ForbiddenAsync,
        [29] = ImportAsync,
    };

    private static async Task<string> EnterBillAsync(Steps steps)
    {
        await steps.CallAsync("getImportInstructions", new() { ["type"] = "bill" });
        await steps.CallAsync(
            "createDocuments",
            Bill(
                Steps.Outfitters,
                "GBF-23001",
                "2026-11-20",
                "USD",
                "Great Basin Freight LLC",
                ("Ocean Freight", 800),
                ("Customs Brokerage", 150)
            )
        );
        return "Answer: done";
    }

    private static async Task<string> CorrectBillAsync(Steps steps)
    {
        await steps.WriteAsync(
            "bills_update",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["billId"] = "GBF-23001",
                ["date"] = "2026-11-21",
            }
        );
        return "Answer: done";
    }

    private static async Task<string> BrokenAsync(Steps steps)
    {
        var cost = await CostOfNextAsync(steps, Lantern, Reno);
        await steps.WriteAsync(
            "adjustments_create",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["ref_number"] = "HP-ADJ-0300",
                ["date"] = "2026-11-28",
                ["reason"] = "Damaged",
                ["currency"] = "USD",
                ["warehouse_id"] = Reno,
                ["details"] = new JsonArray(
                    new JsonObject
                    {
                        ["inventory_id"] = Lantern,
                        ["service_id"] = "Stock Write-Off",
                        // Above zero takes stock out.
                        ["quantity"] = 5,
                        ["rate"] = cost,
                    }
                ),
            }
        );
        return "Answer: done";
    }

    // The oldest batch of which something is left.
    private static async Task<decimal> CostOfNextAsync(Steps steps, string item, string warehouse)
    {
        var details = await steps.CallAsync(
            "getInventoryDetails",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["inventoryId"] = item,
                ["fields"] = "balances_data.balances_list.warehouse.name,balances_data.balances_list.balance",
            }
        );
        var left = details
            .GetProperty("balances_data")
            .List("balances_list")
            .Single(row => row.GetProperty("warehouse").Text("name") == warehouse)
            .Number("balance");
        var batches = await steps.RowsAsync(
            "getInventoryLandedCost",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["inventoryId"] = item,
                ["warehouse_uuid"] = warehouse,
                ["start_date"] = "2000-01-01",
                ["fields"] = "data.amount,data.quantity",
            }
        );
        foreach (var batch in Enumerable.Reverse(batches))
        {
            left -= batch.Number("quantity");
            if (left <= 0)
            {
                return batch.Amount("amount") / batch.Number("quantity");
            }
        }

        throw new InvalidOperationException("More is left than ever came.");
    }

    private static async Task<string> ShipAsync(Steps steps)
    {
        await steps.WriteAsync(
            "shipments_create",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["ref_number"] = "HP-SH-0500",
                ["date_shipment_sent"] = "2026-11-28",
                ["origin_warehouse_id"] = Reno,
                ["destination_warehouse_id"] = "Amazon US Fulfilment",
                ["items"] = new JsonArray(
                    new JsonObject
                    {
                        ["origin_inventory_id"] = Lantern,
                        ["quantity_shipped"] = 100,
                        ["quantity_received"] = 0,
                    }
                ),
            }
        );
        return "Answer: done";
    }

    private static async Task<string> ForbiddenAsync(Steps steps)
    {
        await steps.CallAsync("getImportInstructions", new() { ["type"] = "bill" });
        var first = await steps.TryAsync(
            "createDocuments",
            Bill(Steps.Outfitters, "NST-9001", "2025-02-01", "USD", "Nevada Storage Trust", ("Warehouse Rent", 410))
        );
        var second = await steps.TryAsync(
            "createDocuments",
            Bill(
                "Nordlicht Kochgeschirr GmbH",
                "KLK-9001",
                "2026-11-20",
                "EUR",
                "Kieler Lagerhaus KG",
                ("Lagermiete", 300)
            )
        );
        return $"Answer: neither was entered.\n{first}\n{second}";
    }

    private static async Task<string> ImportAsync(Steps steps)
    {
        var queued = await steps.CallAsync(
            "createDocumentsByPdf",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["type"] = "bill",
                ["link"] = "https://files.harborpine.example/SSC-3104.pdf",
            }
        );
        var done = await steps.CallAsync(
            "checkImportStatus",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["type"] = "bill",
                ["requestId"] = queued.Text("request_id"),
                ["wait_seconds"] = 20,
            }
        );
        var number = done.List("documents").Single().Text("ref_number");
        var bills = await steps.RowsAsync(
            "bills_list",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["search"] = number,
                ["fields"] = "data.amount,data.currency",
            }
        );
        return $"Answer: {Amounts.Text(bills.Single().Amount("amount"))} {bills.Single().Text("currency")}";
    }

    internal static JsonObject Bill(
        string company,
        string number,
        string day,
        string currency,
        string vendor,
        params (string Service, decimal Rate)[] lines
    ) =>
        new()
        {
            ["companyUuid"] = company,
            ["type"] = "bill",
            ["data"] = new JsonObject
            {
                ["ref_number"] = number,
                ["date"] = day,
                ["currency"] = currency,
                ["vendor"] = vendor,
                ["details"] = new JsonArray([
                    .. lines.Select(line => new JsonObject
                    {
                        ["service"] = line.Service,
                        ["quantity"] = 1,
                        ["rate"] = line.Rate,
                    }),
                ]),
            },
        };
}
