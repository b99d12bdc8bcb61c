using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Agent.Questions;
using NeonPanel.Mcp.Agent.Scripted;
using NeonPanel.Mcp.Agent.Sessions;
using NeonPanel.Mcp.Agent.Truths;

namespace NeonPanel.Mcp.Agent.Skills;

/// <summary>Follows each skill as a model would, and returns its answer as lines. The scripts read results alone, never
/// the journal.</summary>
internal static class SkillScripts
{
    public const string Lantern = "HP-LANT-01";
    public const string PrintedFile = "SSC-3104.pdf";
    public const int Days = 30;

    public static readonly IReadOnlyDictionary<string, Func<SkillSteps, Task<IEnumerable<string>>>> All =
        new Dictionary<string, Func<SkillSteps, Task<IEnumerable<string>>>>
        {
            ["close-a-month"] = CloseAsync,
            ["enter-bill-from-pdf"] = EnterAsync,
            ["explain-landed-cost"] = ExplainAsync,
            ["find-what-runs-out"] = FindAsync,
            ["list-what-we-owe"] = OweAsync,
        };

    private static async Task<IEnumerable<string>> ExplainAsync(SkillSteps steps)
    {
        var stock = Table(
            await steps.CallAsync(
                "getStock",
                new() { ["companyUuid"] = Steps.Outfitters, ["items"] = new JsonArray(Lantern) }
            ),
            "stock"
        );
        var place = stock.Single(row => row["warehouse"].GetString()!.Contains("Reno", StringComparison.Ordinal));
        var answer = await steps.CallAsync(
            "getInventoryLandedCost",
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["inventoryId"] = place["id"].GetInt32(),
                ["warehouse_uuid"] = place["warehouse"].GetString(),
            }
        );
        // The batches of more pages would come first, because the newest batch is the last.
        if (answer.Number("last_page") != 1)
        {
            throw new InvalidOperationException("The batches have more than one page.");
        }

        var newest = answer.List("data").Last();
        var units = newest.Number("quantity");
        return newest
            .List("details")
            .GroupBy(part => part.Text("type")!)
            .Select(part => $"{part.Key}: {Money(part.Sum(line => line.Amount("amount")) / units)}")
            .Append($"Sum: {Money(newest.Amount("amount") / units)}");
    }

    private static async Task<IEnumerable<string>> FindAsync(SkillSteps steps)
    {
        var soon = Table(
            await steps.CallAsync("getStock", new() { ["companyUuid"] = Steps.Outfitters, ["days_left_under"] = Days }),
            "stock"
        );
        var orders = await steps.CallAsync("inventoryOrders_list", new() { ["companyUuid"] = Steps.Outfitters });
        if (!orders.GetProperty("complete").GetBoolean())
        {
            throw new InvalidOperationException("Not all orders were read.");
        }

        var ordered = orders
            .List("data")
            .SelectMany(order => order.List("details"))
            .Where(line => line.GetProperty("inventory_id").ValueKind == JsonValueKind.Number)
            .GroupBy(line => line.Number("inventory_id"))
            .ToDictionary(group => group.Key, group => group.Sum(line => line.Number("quantity")));
        return soon.OrderBy(row => row["days_left"].GetDecimal())
            .Select(row => (Row: row, Id: row["id"].GetInt32()))
            .Select(pair =>
                $"{pair.Id} {pair.Row["sku"].GetString()}: {Amounts.Text(pair.Row["days_left"].GetDecimal())} days, "
                + $"{pair.Row["quantity"].GetInt32()} units, {ordered.GetValueOrDefault(pair.Id)} ordered"
            );
    }

    private static async Task<IEnumerable<string>> CloseAsync(SkillSteps steps)
    {
        var (start, end) = (Amounts.Text(SkillTruths.FirstDay), Amounts.Text(SkillTruths.LastDay));
        var sales = await steps.CallAsync(
            "getRevenueAndCogs",
            new()
            {
                ["company_uuids"] = new JsonArray(Steps.Outfitters),
                ["start_date"] = start,
                ["end_date"] = end,
            }
        );
        var row = sales.List("data").Single();
        var stock = await steps.CallAsync("getStock", new() { ["companyUuid"] = Steps.Outfitters, ["date"] = end });
        var value = stock.List("totals").Single();
        var bills = await steps.CallAsync("bills_list", Span());
        var due = await steps.CallAsync(
            "paymentRequests_list",
            new() { ["companyUuid"] = Steps.Outfitters, ["end_date"] = end }
        );
        var twice = await steps.CallAsync("bills_list", Span());
        return
        [
            $"Revenue: {Amounts.Text(row.Amount("revenue_amount"))} {row.Text("currency")}",
            $"Cost: {Amounts.Text(row.Amount("cogs_amount"))} {row.Text("currency")}",
            $"Stock: {Amounts.Text(value.Amount("value"))} {value.Text("currency")}",
            .. Complete(bills)
                .Select(group =>
                    $"{group.Text("vendor.name")}: {group.Number("count")} bills, {Amounts.Text(group.Amount("sum(amount)"))} {group.Text("currency")}"
                )
                .Order(StringComparer.Ordinal),
            .. Complete(due).Select(sum => $"Open: {Open(sum)}").Order(StringComparer.Ordinal),
            .. Complete(twice)
                .Where(group => group.Number("count") > 1)
                .Select(group => $"Twice? {group.Text("vendor.name")}, {Amounts.Text(group.Amount("amount"))}")
                .Order(StringComparer.Ordinal),
        ];

        JsonObject Span() =>
            new()
            {
                ["companyUuid"] = Steps.Outfitters,
                ["start_date"] = start,
                ["end_date"] = end,
            };
    }

    private static async Task<IEnumerable<string>> OweAsync(SkillSteps steps)
    {
        var lines = new List<string>();
        var companies = await steps.CallAsync("listCompanies", []);
        foreach (var company in companies.List("data").Select(company => company.Text("short_name")!))
        {
            steps.RepeatFrom(1);
            JsonObject Company() => new() { ["companyUuid"] = company };
            var all = await steps.CallAsync("paymentRequests_list", Company());
            lines.AddRange(Complete(all).Select(sum => $"{company}: {Open(sum)}").Order(StringComparer.Ordinal));
            var rows = await steps.CallAsync("paymentRequests_list", Company());
            if (!rows.GetProperty("complete").GetBoolean())
            {
                throw new InvalidOperationException("Not all installments were read.");
            }

            var open = rows.List("data")
                .Select(request =>
                    (Request: request, Left: request.Amount("amount_due") - request.Amount("paid_amount"))
                );
            lines.AddRange(
                open.GroupBy(one => (Group(one.Request.Day("due_date")), one.Request.Text("currency")))
                    .Select(group =>
                        $"{company}, {group.Key.Item1}: {Amounts.Text(group.Sum(one => one.Left))} {group.Key.Item2}"
                    )
                    .Order(StringComparer.Ordinal)
            );
        }

        return lines;
    }

    private static async Task<IEnumerable<string>> EnterAsync(SkillSteps steps)
    {
        // The reader of the PDF sees its number, and the link from which it came.
        var number = Path.GetFileNameWithoutExtension(PrintedFile);
        var found = await steps.CallAsync(
            "findDocument",
            new() { ["number"] = number, ["companyUuid"] = Steps.Outfitters }
        );
        if (found.List("documents").Any())
        {
            throw new InvalidOperationException($"{number} is in the books already.");
        }

        steps.Skip("createDocumentsByPdf");
        var begun = await steps.CallAsync(
            "createDocumentsByPdf",
            new() { ["companyUuid"] = Steps.Outfitters, ["link"] = "https://files.harborpine.example/" + PrintedFile }
        );
        var done = await steps.CallAsync(
            "checkImportStatus",
            new() { ["companyUuid"] = Steps.Outfitters, ["requestId"] = begun.Text("request_id") }
        );
        if (done.TryGetProperty("retry_after_seconds", out _))
        {
            throw new InvalidOperationException("The import is still going on.");
        }

        var bill = await steps.CallAsync(
            "bills_read",
            new() { ["companyUuid"] = Steps.Outfitters, ["billId"] = number }
        );
        return
        [
            $"{bill.Text("ref_number")}, {bill.Text("date")}, {bill.GetProperty("vendor").Text("name")}: {Amounts.Text(bill.Amount("amount"))} {bill.Text("currency")}",
            .. bill.List("payment_requests")
                .Select(request => $"due {request.Text("due_date")}: {Amounts.Text(request.Amount("amount_due"))}"),
        ];
    }

    /// <summary>Returns the group that the skill sorts an installment into.</summary>
    public static string Group(DateOnly? due)
    {
        if (due is not { } day)
        {
            return "without a date";
        }

        if (day < SkillTruths.Today)
        {
            return "overdue";
        }

        return day <= SkillTruths.Today.AddDays(7) ? "due" : "later";
    }

    public static string Money(decimal amount) => Amounts.Text(Cents.Round(amount));

    private static string Open(JsonElement sum) =>
        $"{Amounts.Text(sum.Amount("sum(amount_due)") - sum.Amount("sum(paid_amount)"))} {sum.Text("currency")}";

    private static IEnumerable<JsonElement> Complete(JsonElement answer) =>
        answer.GetProperty("complete").GetBoolean()
            ? answer.List("total")
            : throw new InvalidOperationException("A total is not complete.");

    private static List<Dictionary<string, JsonElement>> Table(JsonElement answer, string name)
    {
        var table = answer.GetProperty(name);
        var columns = table.List("columns").Select(column => column.GetString()!).ToList();
        return
        [
            .. table
                .List("rows")
                .Select(row => columns.Zip(row.EnumerateArray()).ToDictionary(pair => pair.First, pair => pair.Second)),
        ];
    }
}
