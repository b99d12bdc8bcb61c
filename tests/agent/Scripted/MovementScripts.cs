using System.Text.Json.Nodes;
using NeonPanel.Mcp.Agent.Questions;
using NeonPanel.Mcp.Agent.Sessions;

namespace NeonPanel.Mcp.Agent.Scripted;

/// <summary>Paths of <see cref="MovementQuestions"/>.</summary>
internal static class MovementScripts
{
    private const string Tidewater = "Tidewater Goods Ltd";
    private const string Reno = "Reno Stockroom";

    public static readonly IReadOnlyDictionary<int, Func<Steps, Task<string>>> All = new Dictionary<
        int,
        Func<Steps, Task<string>>
    >
    {
        [43] = BritishStockAsync,
        [46] = SellThroughAsync,
        [47] = MonthsAsync,
        [48] = UnderWayAsync,
        [49] = BatchesLeftAsync,
        [59] = KitsAsync,
    };

    private static async Task<string> BritishStockAsync(Steps steps)
    {
        var rows = await steps.TableAsync(
            "getStock",
            new()
            {
                ["companyUuid"] = Tidewater,
                ["warehouses"] = new JsonArray("Amazon UK Fulfilment"),
                ["date"] = "2026-03-31",
                ["show"] = "quantity",
            },
            "stock"
        );
        return Answer(rows.Select(row => $"{row["id"].GetInt32()}: {row["quantity"].GetInt32()}"));
    }

    private static async Task<string> SellThroughAsync(Steps steps)
    {
        const string item = "HP-CCS-061";
        var details = await steps.CallAsync(
            "getInventoryDetails",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["inventoryId"] = item,
                ["balances_date"] = "2026-05-31",
                ["fields"] = "balances_data.balances_list.balance",
            }
        );
        var before = details.GetProperty("balances_data").List("balances_list").Sum(row => row.Number("balance"));
        // The dates of orders are held against the day of receipt.
        var orders = await steps.RowsAsync(
            "inventoryOrders_list",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["search"] = item,
                ["start_date"] = "2026-06-01",
                ["end_date"] = "2026-11-28",
                ["fields"] = "data.details.sku,data.details.quantity",
            }
        );
        var received = orders
            .SelectMany(order => order.List("details"))
            .Where(line => line.Text("sku") == item)
            .Sum(line => line.Number("quantity"));
        var cogs = await steps.CallAsync(
            "getInventoryCogs",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["inventoryId"] = item,
                ["start_date"] = "2026-06-01",
                ["end_date"] = "2026-11-28",
                ["fields"] = "quantity",
            }
        );
        return $"Answer: {Amounts.Text(decimal.Round(100m * cogs.Number("quantity") / (before + received), 1))}";
    }

    private static async Task<string> MonthsAsync(Steps steps)
    {
        var items = await steps.RowsAsync(
            "listInventoryItems",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["sku"] = "HP-CTS-046",
                ["country_code"] = "MX",
                ["fields"] = "data.id",
            }
        );
        var sales = await steps.RowsAsync(
            "getInventoryCogs",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["inventoryId"] = items.Single().Number("id"),
                ["start_date"] = "2026-06-01",
                ["end_date"] = "2026-08-31",
                ["per_page"] = 60,
                ["fields"] = "details.document.date,details.amount,details.currency",
            },
            "details"
        );
        return Answer(
            sales
                .GroupBy(sale => sale.GetProperty("document").Text("date")![..7])
                .Select(month => $"{month.Key}: {Amounts.Text(month.Sum(sale => sale.Amount("amount")))} USD")
        );
    }

    private static async Task<string> UnderWayAsync(Steps steps)
    {
        var shipments = await steps.CallAsync(
            "shipments_list",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["where"] = "date_shipment_arrived is empty",
                ["fields"] = "data.ref_number,data.items.quantity_shipped",
            }
        );
        return Answer(
            shipments
                .List("data")
                .Select(shipment =>
                    $"{shipment.Text("ref_number")}: {shipment.List("items").Sum(line => line.Number("quantity_shipped"))}"
                )
        );
    }

    private static async Task<string> BatchesLeftAsync(Steps steps)
    {
        var left = (await HeldAsync(steps, "HP-LANT-01"))["HP-LANT-01"];
        var batches = await steps.RowsAsync(
            "getInventoryLandedCost",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["inventoryId"] = "HP-LANT-01",
                ["warehouse_uuid"] = Reno,
                ["start_date"] = "2000-01-01",
                ["per_page"] = 60,
                ["fields"] = "data.batch.ref_number,data.quantity",
            }
        );
        // The units that are left came with the last batches.
        var lines = new List<string>();
        foreach (var batch in Enumerable.Reverse(batches).TakeWhile(_ => left > 0))
        {
            var units = Math.Min(left, batch.Number("quantity"));
            lines.Add($"{batch.GetProperty("batch").Text("ref_number")}: {units}");
            left -= units;
        }

        return Answer(lines);
    }

    private static async Task<string> KitsAsync(Steps steps)
    {
        string[] parts = ["HP-LANT-01", "HP-BOTL-32F", "HP-TOWL-LG"];
        var held = await HeldAsync(steps, parts);
        return $"Answer: {parts.Min(held.GetValueOrDefault)}";
    }

    // Units in Reno by SKU.
    private static async Task<Dictionary<string, int>> HeldAsync(Steps steps, params string[] items)
    {
        var rows = await steps.TableAsync(
            "getStock",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["items"] = new JsonArray([.. items.Select(item => JsonValue.Create(item))]),
                ["warehouses"] = new JsonArray(Reno),
                ["show"] = "quantity",
            },
            "stock"
        );
        return rows.ToDictionary(row => row["sku"].GetString()!, row => row["quantity"].GetInt32());
    }

    private static string Answer(IEnumerable<string> lines) => "Answer:\n" + string.Join('\n', lines);
}
