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
        var companies = await steps.RowsAsync("listCompanies", new() { ["fields"] = "data.uuid" });
        var owed = new Dictionary<string, decimal>();
        foreach (var company in companies)
        {
            foreach (var request in await RequestsAsync(steps, company.Text("uuid")!, null, null))
            {
                var currency = request.Text("currency")!;
                owed[currency] = owed.GetValueOrDefault(currency) + Open(request);
            }
        }

        return Answer(owed.Select(pair => $"{pair.Key}: {Amounts.Text(pair.Value)}"));
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
        var requests = await RequestsAsync(steps, Steps.Outfitters, null, "2026-11-27");
        return Answer(
            requests
                .Where(request => Open(request) != 0)
                .Select(request => $"{Number(request)}: {request.Text("due_date")}")
        );
    }

    private static async Task<string> FreightAsync(Steps steps)
    {
        var vendors = await steps.RowsAsync(
            "vendors_list",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["search"] = "GBF",
                ["fields"] = "data.id,data.code",
            }
        );
        var vendor = vendors.Single(row => row.Text("code") == "GBF").Number("id");
        var bills = await steps.RowsAsync(
            "bills_list",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["vendors"] = new JsonArray(vendor),
                ["start_date"] = "2026-10-01",
                ["end_date"] = "2026-12-31",
                ["per_page"] = 60,
                ["fields"] = "data.amount,data.currency",
            }
        );
        var currency = bills.Select(bill => bill.Text("currency")).Distinct().Single();
        return $"Answer: {Amounts.Text(bills.Sum(bill => bill.Amount("amount")))} {currency}";
    }

    private static async Task<string> EnteredTwiceAsync(Steps steps)
    {
        var bills = await steps.RowsAsync(
            "bills_list",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["start_date"] = "2026-01-01",
                ["end_date"] = "2026-12-31",
                ["per_page"] = 60,
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
        // The number has the form of Amazon's orders, which are sold goods.
        var invoices = await steps.RowsAsync(
            "invoices_list",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["search"] = "114-8830257-1946618",
                ["fields"] = "data.transaction_date,data.amount,data.currency",
            }
        );
        var invoice = invoices.Single();
        return Answer([
            $"invoice, {invoice.Text("transaction_date")}: {Amounts.Text(invoice.Amount("amount"))} {invoice.Text("currency")}",
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
        var invoices = await steps.RowsAsync(
            "invoices_list",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["start_date"] = "2026-01-01",
                ["per_page"] = 60,
                ["fields"] = "data.amount,data.currency,data.customer.name",
            }
        );
        var customers = invoices
            .Where(invoice => invoice.GetProperty("customer").ValueKind == JsonValueKind.Object)
            .GroupBy(invoice =>
                (Name: invoice.GetProperty("customer").Text("name"), Currency: invoice.Text("currency"))
            )
            .Select(group => (group.Key, Amount: group.Sum(invoice => invoice.Amount("amount"))))
            .OrderByDescending(pair => pair.Amount)
            .Take(5);
        return Answer(customers.Select(pair => $"{pair.Key.Name}: {Amounts.Text(pair.Amount)} {pair.Key.Currency}"));
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
