using System.Text.Json.Nodes;
using NeonPanel.Mcp.Agent.Questions;
using NeonPanel.Mcp.Agent.Sessions;

namespace NeonPanel.Mcp.Agent.Scripted;

/// <summary>Paths of <see cref="StockQuestions"/>.</summary>
internal static class StockScripts
{
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

    private static async Task<string> ByWarehouseAsync(Steps steps) =>
        Answer((await BalancesAsync(steps, "HP-LANT-01")).Select(Line));

    private static async Task<string> ByCountryAsync(Steps steps)
    {
        const string Asin = "B0D7LN4QX1";
        var items = await steps.RowsAsync(
            "listInventoryItems",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["asin"] = Asin,
                ["fields"] = "data.id,data.country_code",
            }
        );
        var units = await QuantitiesAsync(steps, Asin);
        return Answer(
            items.Select(item => $"{item.Text("country_code")}: {units.GetValueOrDefault(item.Number("id"))}")
        );
    }

    private static async Task<string> LanternsAsync(Steps steps)
    {
        var companies = await steps.RowsAsync("listCompanies", new() { ["fields"] = "data.short_name" });
        var lines = new List<string>();
        foreach (var company in companies.Select(company => company.Text("short_name")!))
        {
            var items = await steps.TableAsync(
                "getStock",
                new()
                {
                    ["companyUuid"] = company,
                    ["items"] = new JsonArray("lantern"),
                    ["show"] = "quantity",
                    ["by"] = "item",
                },
                "stock"
            );
            lines.AddRange(
                items
                    .Where(item => !item["name"].GetString()!.Contains("Hook", StringComparison.Ordinal))
                    .Select(item => $"{company}, {item["id"].GetInt32()}: {item["quantity"].GetInt32()}")
            );
        }

        return Answer(lines);
    }

    private static async Task<string> TowelsAsync(Steps steps)
    {
        var balances = await BalancesAsync(steps, "HP-TOWL-LG", "2026-06-30");
        return Answer([Amounts.Text(balances.Sum(pair => pair.Units))]);
    }

    private static async Task<string> MostBottlesAsync(Steps steps) =>
        Answer([Line((await BalancesAsync(steps, "HP-BOTL-32F")).MaxBy(pair => pair.Units))]);

    private static async Task<string> OutButOrderedAsync(Steps steps)
    {
        var orders = await steps.CallAsync(
            "inventoryOrders_list",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["where"] = "date_manufacturing_completed is empty",
                ["fields"] = "data.details.inventory_id,data.details.sku",
            }
        );
        // Two countries may have one SKU, so that ids are asked for.
        var skus = orders
            .List("data")
            .SelectMany(order => order.List("details"))
            .DistinctBy(line => line.Number("inventory_id"))
            .ToDictionary(line => line.Number("inventory_id"), line => line.Text("sku"));
        var inStock = await QuantitiesAsync(steps, [.. skus.Keys.Select(Amounts.Text)]);
        return Answer([
            string.Join(", ", skus.Where(pair => !inStock.ContainsKey(pair.Key)).Select(pair => pair.Value)),
        ]);
    }

    // Units in all warehouses, by the id of the item; items without stock are left out.
    private static async Task<Dictionary<int, int>> QuantitiesAsync(Steps steps, params string[] items)
    {
        var rows = await steps.TableAsync(
            "getStock",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["items"] = new JsonArray([.. items.Select(item => JsonValue.Create(item))]),
                ["show"] = "quantity",
                ["by"] = "item",
            },
            "stock"
        );
        return rows.ToDictionary(row => row["id"].GetInt32(), row => row["quantity"].GetInt32());
    }

    private static async Task<string> RunsOutAsync(Steps steps)
    {
        var rows = await steps.TableAsync(
            "getStock",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["show"] = "days_left",
                ["by"] = "item",
                ["days_left_under"] = 30,
            },
            "stock"
        );
        return Answer([string.Join(", ", rows.Select(row => row["sku"].GetString()))]);
    }

    private static async Task<List<(string Warehouse, int Units)>> BalancesAsync(
        Steps steps,
        string item,
        string? day = null
    )
    {
        var arguments = new JsonObject
        {
            ["companyUuid"] = Steps.Outfitters,
            ["items"] = new JsonArray(item),
            ["show"] = "quantity",
        };
        if (day is not null)
        {
            arguments["date"] = day;
        }

        var rows = await steps.TableAsync("getStock", arguments, "stock");
        return [.. rows.Select(row => (row["warehouse"].GetString()!, row["quantity"].GetInt32()))];
    }

    private static string Line((string Warehouse, int Units) balance) => $"{balance.Warehouse}: {balance.Units}";

    private static string Answer(IEnumerable<string> lines) => "Answer:\n" + string.Join('\n', lines);
}
