using System.Text.Json;
using NeonPanel.Mcp.Agent.Questions;
using NeonPanel.Mcp.Agent.Sessions;

namespace NeonPanel.Mcp.Agent.Scripted;

/// <summary>Paths of <see cref="StockQuestions"/>.</summary>
internal static class StockScripts
{
    private const string Balances = "balances_data.balances_list.warehouse.name,balances_data.balances_list.balance";

    public static readonly IReadOnlyDictionary<int, Func<Steps, Task<string>>> All = new Dictionary<
        int,
        Func<Steps, Task<string>>
    >
    {
        [3] = ByWarehouseAsync,
        [4] = ByCountryAsync,
        [5] = LanternsAsync,
        [6] = TowelsAsync,
        [7] = MostBottlesAsync,
        [8] = OutButOrderedAsync,
        [10] = RunsOutAsync,
    };

    private static async Task<string> ByWarehouseAsync(Steps steps)
    {
        var item = await steps.ItemAsync(Steps.Outfitters, "HP-LANT-01");
        return Answer((await BalancesAsync(steps, Steps.Outfitters, item)).Select(Line));
    }

    private static async Task<string> ByCountryAsync(Steps steps)
    {
        var items = await steps.RowsAsync(
            "listInventoryItems",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["asin"] = "B0D7LN4QX1",
                ["fields"] = "data.id,data.country_code",
            }
        );
        var lines = new List<string>();
        foreach (var item in items)
        {
            var units = (await BalancesAsync(steps, Steps.Outfitters, item.Number("id"))).Sum(pair => pair.Units);
            lines.Add($"{item.Text("country_code")}: {units}");
        }

        return Answer(lines);
    }

    private static async Task<string> LanternsAsync(Steps steps)
    {
        var companies = await steps.RowsAsync("listCompanies", new() { ["fields"] = "data.uuid,data.short_name" });
        var lines = new List<string>();
        foreach (var company in companies)
        {
            var uuid = company.Text("uuid")!;
            var items = await steps.RowsAsync(
                "listInventoryItems",
                new()
                {
                    ["companyUuid"] = uuid,
                    ["search"] = "lantern",
                    ["fields"] = "data.id,data.name",
                }
            );
            foreach (var item in items.Where(item => !item.Text("name")!.Contains("Hook", StringComparison.Ordinal)))
            {
                var id = item.Number("id");
                var units = (await BalancesAsync(steps, uuid, id)).Sum(pair => pair.Units);
                lines.Add($"{company.Text("short_name")}, {id}: {units}");
            }
        }

        return Answer(lines);
    }

    private static async Task<string> TowelsAsync(Steps steps)
    {
        var item = await steps.ItemAsync(Steps.Outfitters, "HP-TOWL-LG");
        var balances = await BalancesAsync(steps, Steps.Outfitters, item, "2026-06-30");
        return Answer([Amounts.Text(balances.Sum(pair => pair.Units))]);
    }

    private static async Task<string> MostBottlesAsync(Steps steps)
    {
        var item = await steps.ItemAsync(Steps.Outfitters, "HP-BOTL-32F");
        return Answer([Line((await BalancesAsync(steps, Steps.Outfitters, item)).MaxBy(pair => pair.Units))]);
    }

    private static async Task<string> OutButOrderedAsync(Steps steps)
    {
        // Open orders have no day of arrival, so no filter finds them: all are read.
        var orders = await steps.RowsAsync(
            "inventoryOrders_list",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["per_page"] = 60,
                ["fields"] = "data.date_manufacturing_completed,data.details.inventory_id,data.details.sku",
            }
        );
        var open = orders
            .Where(order => order.Text("date_manufacturing_completed") is null)
            .SelectMany(order => order.List("details"))
            .Select(line => (Id: line.Number("inventory_id"), Sku: line.Text("sku")!))
            .Distinct();
        var inStock = await ItemsInStockAsync(steps);
        return Answer([string.Join(", ", open.Where(item => !inStock.Contains(item.Id)).Select(item => item.Sku))]);
    }

    // Warehouse by warehouse: fewer calls than item by item.
    private static async Task<HashSet<int>> ItemsInStockAsync(Steps steps)
    {
        var warehouses = await steps.RowsAsync(
            "listWarehouses",
            new() { ["companyUuid"] = Steps.Outfitters, ["fields"] = "data.uuid" }
        );
        var items = new HashSet<int>();
        foreach (var warehouse in warehouses)
        {
            var balances = await steps.RowsAsync(
                "getWarehouseBalances",
                new()
                {
                    ["companyUuid"] = Steps.Outfitters,
                    ["warehouseUuid"] = warehouse.Text("uuid"),
                    ["per_page"] = 60,
                    ["fields"] = "data.inventory.id",
                }
            );
            items.UnionWith(balances.Select(row => row.GetProperty("inventory").Number("id")));
        }

        return items;
    }

    private static async Task<string> RunsOutAsync(Steps steps)
    {
        var items = await steps.RowsAsync(
            "listInventoryItems",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["per_page"] = 60,
                ["fields"] = "data.id,data.sku",
            }
        );
        var soon = new List<string>();
        foreach (var item in items)
        {
            var details = await steps.CallAsync(
                "getInventoryDetails",
                new()
                {
                    ["companyUuid"] = Steps.Outfitters,
                    ["inventoryId"] = item.Number("id"),
                    ["fields"] = "restock_data.estimated_daily_sales,balances_data.balances_list.balance",
                }
            );
            var daily = details.GetProperty("restock_data").Amount("estimated_daily_sales");
            var units = Units(details).Sum();
            if (daily > 0 && units > 0 && units < 30 * daily)
            {
                soon.Add(item.Text("sku")!);
            }
        }

        return Answer([string.Join(", ", soon)]);
    }

    private static async Task<List<(string Warehouse, int Units)>> BalancesAsync(
        Steps steps,
        string company,
        int item,
        string? day = null
    )
    {
        var details = await steps.CallAsync(
            "getInventoryDetails",
            day is null
                ? new()
                {
                    ["companyUuid"] = company,
                    ["inventoryId"] = item,
                    ["fields"] = Balances,
                }
                : new()
                {
                    ["companyUuid"] = company,
                    ["inventoryId"] = item,
                    ["balances_date"] = day,
                    ["fields"] = Balances,
                }
        );
        return
        [
            .. details
                .GetProperty("balances_data")
                .List("balances_list")
                .Select(row => (row.GetProperty("warehouse").Text("name")!, row.Number("balance"))),
        ];
    }

    private static IEnumerable<int> Units(JsonElement details) =>
        details.GetProperty("balances_data").List("balances_list").Select(row => row.Number("balance"));

    private static string Line((string Warehouse, int Units) balance) => $"{balance.Warehouse}: {balance.Units}";

    private static string Answer(IEnumerable<string> lines) => "Answer:\n" + string.Join('\n', lines);
}
