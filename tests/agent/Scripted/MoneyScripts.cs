using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Agent.Questions;
using NeonPanel.Mcp.Agent.Sessions;

namespace NeonPanel.Mcp.Agent.Scripted;

/// <summary>Paths of <see cref="MoneyQuestions"/>.</summary>
internal static class MoneyScripts
{
    public static readonly IReadOnlyDictionary<int, Func<Steps, Task<string>>> All = new Dictionary<
        int,
        Func<Steps, Task<string>>
    >
    {
        [1] = CompaniesAsync,
        [16] = OwedAsync,
        [17] = NextWeekAsync,
        [18] = OverdueAsync,
        [19] = FreightAsync,
        [20] = EnteredTwiceAsync,
        [21] = AmazonInvoiceAsync,
        [22] = BillsOfOrderAsync,
        [23] = CustomersAsync,
    };

    private static async Task<string> CompaniesAsync(Steps steps)
    {
        var companies = await steps.RowsAsync("listCompanies", new() { ["fields"] = "data.name,data.currency" });
        return Answer(companies.Select(company => $"{company.Text("name")}: {company.Text("currency")}"));
    }

    private static async Task<string> OwedAsync(Steps steps)
    {
        var companies = await steps.RowsAsync("listCompanies", new() { ["fields"] = "data.short_name" });
        var lines = new List<string>();
        foreach (var company in companies)
        {
            var sums = await steps.TotalAsync(
                "paymentRequests_list",
                new() { ["companyUuid"] = company.Text("short_name") },
                "sum(amount_due), sum(paid_amount)"
            );
            lines.AddRange(
                sums.Select(sum =>
                    $"{sum.Text("currency")}: {Amounts.Text(sum.Amount("sum(amount_due)") - sum.Amount("sum(paid_amount)"))}"
                )
            );
        }

        return Answer(lines);
    }

    private static async Task<string> NextWeekAsync(Steps steps)
    {
        var requests = await RequestsAsync(steps, Steps.Outfitters, "2026-11-30", "2026-12-06");
        return Answer(
            requests
                .Where(request => Open(request) != 0)
                .Select(request => $"{Number(request)}: {Amounts.Text(Open(request))} {request.Text("currency")}")
        );
    }

    private static async Task<string> OverdueAsync(Steps steps)
    {
        const string Yesterday = "2026-11-27";
        var open = await steps.CallAsync(
            "paymentRequests_list",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["end_date"] = Yesterday,
                ["where"] = "paid_amount is empty",
                ["fields"] = "data.due_date,data.document.ref_number",
            }
        );
        // Payment requests that are paid in part would be overdue too.
        var paid = await steps.TotalAsync(
            "paymentRequests_list",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["end_date"] = Yesterday,
                ["where"] = "paid_amount is not empty",
            },
            "sum(amount_due), sum(paid_amount)"
        );
        return paid.TrueForAll(sum => sum.Amount("sum(amount_due)") == sum.Amount("sum(paid_amount)"))
            ? Answer(open.List("data").Select(request => $"{Number(request)}: {request.Text("due_date")}"))
            : "Answer: some are paid in part.";
    }

    private static async Task<string> FreightAsync(Steps steps)
    {
        var answer = await steps.CallAsync(
            "bills_list",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["vendors"] = new JsonArray("GBF"),
                ["start_date"] = "2026-10-01",
                ["end_date"] = "2026-12-31",
                ["total"] = "sum(amount)",
            }
        );
        var total = answer.List("total").Single();
        return $"Answer: {Amounts.Text(total.Amount("sum(amount)"))} {total.Text("currency")}";
    }

    private static async Task<string> EnteredTwiceAsync(Steps steps)
    {
        var bills = await steps.AllAsync(
            "bills_list",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["start_date"] = "2026-01-01",
                ["end_date"] = "2026-12-31",
                ["fields"] = "data.ref_number,data.date,data.amount,data.vendor.id",
            }
        );
        var twice = bills.Where(bill =>
            bills.Exists(other =>
                other.Text("ref_number") != bill.Text("ref_number")
                && other.Amount("amount") == bill.Amount("amount")
                && other.GetProperty("vendor").Number("id") == bill.GetProperty("vendor").Number("id")
                && Math.Abs(other.Day("date")!.Value.DayNumber - bill.Day("date")!.Value.DayNumber) <= 7
            )
        );
        return Answer([string.Join(", ", twice.Select(bill => bill.Text("ref_number")).DefaultIfEmpty("none"))]);
    }

    private static async Task<string> AmazonInvoiceAsync(Steps steps)
    {
        var found = await steps.CallAsync(
            "findDocument",
            new() { ["number"] = "114-8830257-1946618", ["companyUuid"] = Steps.Outfitters }
        );
        var document = found.List("documents").Single();
        return Answer([
            $"{document.Text("kind")}, {document.Text("date")}: {Amounts.Text(document.Amount("amount"))} {document.Text("currency")}",
        ]);
    }

    private static async Task<string> BillsOfOrderAsync(Steps steps)
    {
        // The search finds bills that mention the number; their links tell which were raised for the order.
        var bills = await steps.RowsAsync(
            "bills_list",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["search"] = "HP-PO-1047",
                ["fields"] = "data.ref_number,data.documents.ref_number",
            }
        );
        var tied = bills.Where(bill => bill.List("documents").Any(tie => tie.Text("ref_number") == "HP-PO-1047"));
        return Answer([string.Join(", ", tied.Select(bill => bill.Text("ref_number")))]);
    }

    private static async Task<string> CustomersAsync(Steps steps)
    {
        // One of the groups may be that of invoices without a customer.
        var customers = await steps.TotalAsync(
            "invoices_list",
            new() { ["companyUuid"] = Steps.Outfitters, ["start_date"] = "2026-01-01" },
            "sum(amount) by customer.name top 6"
        );
        return Answer(
            customers
                .Where(customer => customer.Text("customer.name") is not null)
                .Take(5)
                .Select(customer =>
                    $"{customer.Text("customer.name")}: {Amounts.Text(customer.Amount("sum(amount)"))} {customer.Text("currency")}"
                )
        );
    }

    private static Task<List<JsonElement>> RequestsAsync(Steps steps, string company, string? start, string? end)
    {
        var arguments = new JsonObject
        {
            ["companyUuid"] = company,
            ["per_page"] = 60,
            ["fields"] = "data.amount_due,data.paid_amount,data.due_date,data.currency,data.document.ref_number",
        };
        if (start is not null)
        {
            arguments["start_date"] = start;
        }

        if (end is not null)
        {
            arguments["end_date"] = end;
        }

        return steps.RowsAsync("paymentRequests_list", arguments);
    }

    private static decimal Open(JsonElement request) => request.Amount("amount_due") - request.Amount("paid_amount");

    private static string? Number(JsonElement request) => request.GetProperty("document").Text("ref_number");

    private static string Answer(IEnumerable<string> lines) => "Answer:\n" + string.Join('\n', lines);
}
