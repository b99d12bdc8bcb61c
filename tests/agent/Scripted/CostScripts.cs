using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Agent.Questions;
using NeonPanel.Mcp.Agent.Sessions;

namespace NeonPanel.Mcp.Agent.Scripted;

/// <summary>Paths of <see cref="CostQuestions"/>.</summary>
internal static class CostScripts
{
    private const string Batches =
        "data.batch.ref_number,data.amount,data.quantity,data.details.type,data.details.document.type,data.details.amount";

    public static readonly IReadOnlyDictionary<int, Func<Steps, Task<string>>> All = new Dictionary<
        int,
        Func<Steps, Task<string>>
    >
    {
        [2] = BritishCogsAsync,
        [9] = StockValueAsync,
        [11] = LastBatchAsync,
        [12] = DearerAsync,
        [13] = ByMonthAndMarketAsync,
        [14] = TwoMonthsAsync,
        [15] = MarginsAsync,
    };

    private static async Task<string> BritishCogsAsync(Steps steps)
    {
        var companies = await steps.RowsAsync(
            "listCompanies",
            new() { ["fields"] = "data.uuid,data.currency,data.timezone" }
        );
        var british = companies.Single(company => company.Text("timezone") == "Europe/London");
        var answer = await steps.CallAsync(
            "getRevenueAndCogs",
            new()
            {
                ["company_uuids"] = new JsonArray(british.Text("uuid")),
                ["start_date"] = "2026-09-01",
                ["end_date"] = "2026-09-30",
                ["fields"] = "data.cogs_amount,data.currency",
            }
        );
        var row = answer.List("data").Single();
        return $"Answer: {Amounts.Text(row.Amount("cogs_amount"))} {row.Text("currency")}";
    }

    private static async Task<string> StockValueAsync(Steps steps)
    {
        var stock = await steps.CallAsync(
            "getStock",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["show"] = "value",
                ["totals_only"] = true,
            }
        );
        var total = stock.GetProperty("totals").EnumerateArray().Single();
        return $"Answer: {Amounts.Text(total.Amount("value"))} {total.Text("currency")}";
    }

    private static async Task<string> LastBatchAsync(Steps steps)
    {
        var last = (await LanternsOfRenoAsync(steps))[^1];
        return Answer(UnitParts(last).Select(part => $"{part.Type}: {Amounts.Text(part.Amount)} USD"));
    }

    private static async Task<string> DearerAsync(Steps steps)
    {
        var batches = await LanternsOfRenoAsync(steps);
        decimal Part(string order, string name) =>
            UnitParts(batches.Single(batch => batch.GetProperty("batch").Text("ref_number") == order))
                .Where(part => part.Type.Contains(name, StringComparison.Ordinal))
                .Sum(part => part.Amount);
        var most = new[] { ("goods", "Vendor Price"), ("freight", "Freight"), ("customs", "Customs") }
            .Select(part => (part.Item1, More: Part("HP-PO-1060", part.Item2) - Part("HP-PO-1047", part.Item2)))
            .MaxBy(part => part.More);
        return Answer([$"{most.Item1}: {Amounts.Text(most.More)} USD"]);
    }

    private static async Task<string> ByMonthAndMarketAsync(Steps steps)
    {
        var answer = await steps.CallAsync(
            "getRevenueAndCogs",
            new()
            {
                ["grouping"] = new JsonArray("country"),
                ["periodicity"] = "monthly",
                ["start_date"] = "2026-01-01",
                ["fields"] = "data.start_date,data.country_code,data.revenue_amount,data.cogs_amount,data.currency",
            }
        );
        return Answer(
            answer
                .List("data")
                .Select(row =>
                    $"{row.Text("start_date")![..7]}, {row.Text("country_code")}: {Amounts.Text(row.Amount("revenue_amount"))}, "
                    + $"{Amounts.Text(row.Amount("cogs_amount"))} {row.Text("currency")}"
                )
        );
    }

    private static async Task<string> TwoMonthsAsync(Steps steps)
    {
        var answer = await steps.CallAsync(
            "getRevenueAndCogs",
            new()
            {
                ["company_uuids"] = new JsonArray(Steps.Outfitters),
                ["periodicity"] = "monthly",
                ["start_date"] = "2026-10-01",
                ["fields"] = "data.end_date,data.revenue_amount,data.currency",
            }
        );
        var rows = answer.List("data").ToList();
        string Month(int at) => $"{Amounts.Text(rows[at].Amount("revenue_amount"))} {rows[at].Text("currency")}";
        return Answer([
            $"October: {Month(0)}",
            $"November: {Month(1)}",
            $"Days: {Amounts.Text(rows[1].Day("end_date")!.Value.Day)}",
        ]);
    }

    private static async Task<string> MarginsAsync(Steps steps)
    {
        var invoices = await steps.AllAsync(
            "invoices_list",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["start_date"] = "2026-07-01",
                ["end_date"] = "2026-09-30",
                ["fields"] = "data.details.inventory_id,data.details.amount",
            }
        );
        var revenues = invoices
            .SelectMany(invoice => invoice.List("details"))
            .Where(line => line.GetProperty("inventory_id").ValueKind == JsonValueKind.Number)
            .GroupBy(line => line.Number("inventory_id"))
            .Select(group => (Item: group.Key, Revenue: group.Sum(line => line.Amount("amount"))))
            .OrderByDescending(pair => pair.Revenue);
        var best = new List<(int Item, decimal Margin)>();
        foreach (var (item, revenue) in revenues)
        {
            // A margin is no larger than its revenue, so from here on none is among the best.
            if (best.Count == 5 && revenue < best[^1].Margin)
            {
                break;
            }

            var cogs = await steps.CallAsync(
                "getInventoryCogs",
                new()
                {
                    ["companyUuid"] = Steps.Outfitters,
                    ["inventoryId"] = item,
                    ["start_date"] = "2026-07-01",
                    ["end_date"] = "2026-09-30",
                    ["fields"] = "amount",
                }
            );
            best.Add((item, revenue - cogs.Amount("amount")));
            best = [.. best.OrderByDescending(pair => pair.Margin).Take(5)];
        }

        return Answer(best.Select(pair => $"{Amounts.Text(pair.Item)}: {Amounts.Text(pair.Margin)} USD"));
    }

    private static Task<List<JsonElement>> LanternsOfRenoAsync(Steps steps) =>
        BatchesAsync(steps, "HP-LANT-01", "Reno");

    private static Task<List<JsonElement>> BatchesAsync(Steps steps, JsonNode item, string warehouse) =>
        steps.RowsAsync(
            "getInventoryLandedCost",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["inventoryId"] = item,
                ["warehouse_uuid"] = warehouse,
                ["start_date"] = "2000-01-01",
                ["per_page"] = 60,
                ["fields"] = Batches,
            }
        );

    private static IEnumerable<(string Type, decimal Amount)> UnitParts(JsonElement batch) =>
        batch.List("details").Select(part => (part.Text("type")!, part.Amount("amount") / batch.Number("quantity")));

    private static string Answer(IEnumerable<string> lines) => "Answer:\n" + string.Join('\n', lines);
}
