using System.Text.Json.Nodes;
using NeonPanel.Mcp.Agent.Questions;
using NeonPanel.Mcp.Agent.Sessions;

namespace NeonPanel.Mcp.Agent.Scripted;

/// <summary>Paths of <see cref="TrapQuestions"/>.</summary>
internal static class TrapScripts
{
    public static readonly IReadOnlyDictionary<int, Func<Steps, Task<string>>> All = new Dictionary<
        int,
        Func<Steps, Task<string>>
    >
    {
        [30] = ImpossibleAsync,
        [36] = SyncedAsync,
        [37] = WhistlesAsync,
        [38] = _ => Task.FromResult("Answer: None of the tools has bank accounts, so I cannot tell."),
        [39] = TentsAsync,
        [40] = GreatBasinAsync,
    };

    private static async Task<string> ImpossibleAsync(Steps steps)
    {
        var reports = await steps.CallAsync("listReports", new() { ["fields"] = "data.title" });
        var titles = reports.List("data").Select(report => report.Text("title"));
        return $"Answer: Costs of ads are not available; the reports are {string.Join(", ", titles)}. Bills cannot be deleted: no tool does it.";
    }

    private static async Task<string> SyncedAsync(Steps steps)
    {
        var invoices = await steps.RowsAsync(
            "invoices_list",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["search"] = "114-8830257-1946618",
                ["fields"] = "data.source",
            }
        );
        // The description of invoices_update says that only manual ones can change.
        var source = invoices.Single().Text("source")!;
        return source == "manual"
            ? "Answer: it can change."
            : $"Answer: It is synced from {source}; only manual invoices can change, so I cannot.";
    }

    private static async Task<string> WhistlesAsync(Steps steps)
    {
        var rows = await steps.TableAsync(
            "getStock",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["items"] = new JsonArray("camp whistle"),
                ["show"] = "quantity",
                ["by"] = "item",
            },
            "stock"
        );
        return $"Answer: {rows.Sum(row => row["quantity"].GetInt32())}";
    }

    private static async Task<string> TentsAsync(Steps steps)
    {
        var items = await steps.RowsAsync(
            "listInventoryItems",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["search"] = "HP-TENT",
                ["fields"] = "data.sku",
            }
        );
        return items.Count == 0
            ? "Answer: There is no item HP-TENT-99, nor one whose SKU begins alike."
            : "Answer: there are some.";
    }

    private static async Task<string> GreatBasinAsync(Steps steps)
    {
        var vendors = await steps.RowsAsync(
            "vendors_list",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["search"] = "Great Basin",
                ["fields"] = "data.name",
            }
        );
        return $"Answer: Which vendor is it, {string.Join(" or ", vendors.Select(vendor => vendor.Text("name")))}, and for which service?";
    }
}
