using System.Text.Json;
using NeonPanel.Mcp.Agent.Questions;
using NeonPanel.Mcp.Agent.Sessions;

namespace NeonPanel.Mcp.Agent.Scripted;

/// <summary>Paths of <see cref="CompanyQuestions"/>.</summary>
internal static class CompanyScripts
{
    private const string Nordlicht = "Nordlicht Kochgeschirr GmbH";
    private const string Today = "2026-11-28";

    public static readonly IReadOnlyDictionary<int, Func<Steps, Task<string>>> All = new Dictionary<
        int,
        Func<Steps, Task<string>>
    >
    {
        [44] = AdjustedAsync,
        [45] = OverdueAsync,
        [50] = TermsAsync,
        [51] = ChannelsAsync,
        [52] = OtherCompanyAsync,
        [57] = MemoAsync,
    };

    private static async Task<string> AdjustedAsync(Steps steps)
    {
        var adjustments = await steps.RowsAsync(
            "adjustments_list",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["start_date"] = "2026-01-01",
                ["per_page"] = 60,
                ["fields"] = "data.reason,data.amount,data.currency,data.details.quantity",
            }
        );
        return Answer(
            adjustments
                .GroupBy(adjustment => (adjustment.Text("reason"), adjustment.Text("currency")))
                .Select(group =>
                    $"{group.Key.Item1}: {group.SelectMany(row => row.List("details")).Sum(line => line.Number("quantity"))}, "
                    + $"{Amounts.Text(group.Sum(row => row.Amount("amount")))} {group.Key.Item2}"
                )
        );
    }

    // Payment requests do not name the vendor; orders and bills hold both.
    private static async Task<string> OverdueAsync(Steps steps)
    {
        var overdue = new Dictionary<string, decimal>();
        foreach (var tool in new[] { "bills_list", "inventoryOrders_list" })
        {
            var documents = await steps.RowsAsync(
                tool,
                new()
                {
                    ["companyUuid"] = Nordlicht,
                    ["per_page"] = 60,
                    ["fields"] =
                        "data.vendor.name,data.payment_requests.amount_due,data.payment_requests.paid_amount,data.payment_requests.due_date",
                }
            );
            foreach (var document in documents)
            {
                var vendor = document.GetProperty("vendor").Text("name")!;
                overdue[vendor] = overdue.GetValueOrDefault(vendor) + document.List("payment_requests").Sum(Overdue);
            }
        }

        return Answer(
            overdue.Where(pair => pair.Value != 0).Select(pair => $"{pair.Key}: {Amounts.Text(pair.Value)} EUR")
        );
    }

    private static decimal Overdue(JsonElement request) =>
        string.CompareOrdinal(request.Text("due_date") ?? Today, Today) < 0
            ? request.Amount("amount_due") - request.Amount("paid_amount")
            : 0;

    private static async Task<string> TermsAsync(Steps steps)
    {
        var terms = await steps.RowsAsync(
            "paymentTerms_list",
            new() { ["companyUuid"] = Nordlicht, ["fields"] = "data.name,data.document" }
        );
        return Answer([
            string.Join(
                ", ",
                terms.Where(term => term.Text("document") is null or "Bill").Select(term => term.Text("name"))
            ),
        ]);
    }

    private static async Task<string> ChannelsAsync(Steps steps)
    {
        var channels = await steps.TotalAsync(
            "invoices_list",
            new() { ["companyUuid"] = Nordlicht, ["start_date"] = "2026-01-01" },
            "sum(amount) by sales_channel.name"
        );
        return Answer(
            channels.Select(channel =>
                $"{channel.Text("sales_channel.name")}: {Amounts.Text(channel.Amount("sum(amount)"))} {channel.Text("currency")}"
            )
        );
    }

    private static async Task<string> OtherCompanyAsync(Steps steps)
    {
        var bills = await steps.RowsAsync(
            "bills_list",
            new()
            {
                ["companyUuid"] = "Tidewater Goods Ltd",
                ["search"] = "GBF-22817",
                ["fields"] = "data.amount,data.currency",
            }
        );
        return bills.Count == 0
            ? "Answer: Tidewater Goods Ltd has no bill GBF-22817."
            : $"Answer: {Amounts.Text(bills[0].Amount("amount"))} {bills[0].Text("currency")}";
    }

    private static async Task<string> MemoAsync(Steps steps)
    {
        var bills = await steps.RowsAsync(
            "bills_list",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["search"] = "SPP-6093",
                ["fields"] = "data.payment_requests",
            }
        );
        var request = bills.Single().List("payment_requests").Single();
        var open = request.Amount("amount_due") - request.Amount("paid_amount");
        return $"Answer: {request.Text("due_date")}: {Amounts.Text(open)} {request.Text("currency")}";
    }

    private static string Answer(IEnumerable<string> lines) => "Answer:\n" + string.Join('\n', lines);
}
