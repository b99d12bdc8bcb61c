using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Calls.Totals;

/// <summary>Rule D12: the functions of <c>total</c> and the conditions of <c>where</c>, and the sentence for each wrong
/// one.</summary>
internal sealed class TotalQueryTests : WholeListFixture
{
    [TestCase("count by status", """[{"status":"open","count":3},{"status":"paid","count":1}]""")]
    [TestCase(
        "sum(amount), count by currency",
        """[{"currency":"EUR","sum(amount)":7.5,"count":1},{"currency":"USD","sum(amount)":30.10,"count":3,"nulls(amount)":1}]"""
    )]
    [TestCase(
        "sum(amount) by vendor.name top 1",
        """[{"vendor.name":"B","currency":"EUR","sum(amount)":7.5},{"vendor.name":"A","currency":"USD","sum(amount)":20.10}]"""
    )]
    [TestCase("MAX(due_date), min(due_date)", """[{"max(due_date)":"2026-03-01","min(due_date)":"2026-01-01"}]""")]
    [TestCase("count", """[{"count":4}]""")]
    [TestCase("count by data.vendor.id, status top 1", """[{"vendor.id":2,"status":"open","count":2}]""")]
    public async Task Total_Functions_AreComputed(string total, string expected)
    {
        Api.Rows =
        [
            """{"id":1,"amount":20.10,"currency":"USD","status":"open","due_date":"2026-01-01","vendor":{"id":1,"name":"A"}}""",
            """{"id":2,"amount":"10","currency":"USD","status":"paid","due_date":"2026-02-01","vendor":null}""",
            """{"id":3,"amount":null,"currency":"USD","status":"open","due_date":"2026-03-01","vendor":{"id":2,"name":"B"}}""",
            """{"id":4,"amount":7.5,"currency":"EUR","status":"open","due_date":null,"vendor":{"id":2,"name":"B"}}""",
        ];
        var result = await ReadAsync("pages", new() { ["total"] = total });
        var groups = result["total"]!.AsArray();
        if (total.StartsWith("sum(amount) by", StringComparison.Ordinal))
        {
            // Without the groups that have null in the place of a vendor's name.
            Assert.That(groups, Has.Count.EqualTo(2));
        }

        foreach (var group in groups)
        {
            group!.AsObject().Remove("nulls(due_date)");
        }

        Assert.That(groups.ToJsonString(), Is.EqualTo(expected));
    }

    // No currency is known, so there is no amount either. Numbers that are no money have a total of nothing.
    [TestCase("sum(amount)", "[]")]
    [TestCase("count, max(amount)", "[]")]
    [TestCase("count", """[{"count":0}]""")]
    [TestCase("sum(id), count", """[{"sum(id)":0,"count":0}]""")]
    [TestCase("min(due_date)", """[{"min(due_date)":null}]""")]
    public async Task Total_NoRows_HasNoAmountWithoutACurrency(string total, string expected)
    {
        Api.Rows = ["""{"id":1,"amount":20.10,"currency":"USD"}"""];
        foreach (var where in new[] { "id = 2", "" })
        {
            var result = await ReadAsync("pages", new() { ["total"] = total, ["where"] = where });
            Assert.That(result["total"]!.ToJsonString(), Is.EqualTo(expected));
            Api.Rows = [];
        }
    }

    [TestCase("amount > 10", "1,4")]
    [TestCase("amount >= 10 and amount < 20.10", "2")]
    [TestCase("amount = 20.1", "1")]
    [TestCase("amount is empty", "3")]
    [TestCase("vendor.name is not empty and status != paid", "1,3,4")]
    [TestCase("due_date <= 2026-02-01", "1,2")]
    [TestCase("due_date = 2026-03-01", "3", Description = "a time on that day")]
    [TestCase("due_date > 2026-02-28 AND due_date < 2026-03-02", "3")]
    [TestCase("vendor.name = \"Bread and Butter\"", "4")]
    [TestCase("vendor.name contains BUTTER", "4")]
    [TestCase("currency = usd and status=open", "1,3")]
    [TestCase("dueDate is null", "4", Description = "another spelling style")]
    [TestCase("status != \"today\"", "1,2,3,4", Description = "a word, no day")]
    [TestCase("amount contains 0", "1,2", Description = "the digits as they are written")]
    [TestCase("amount is empty or amount < 20", "2,3")]
    [TestCase("status = paid or amount > 20 and currency = USD", "1,2", Description = "and binds tighter")]
    [TestCase("currency = EUR and status = paid or amount > 70 OR id = 3", "3,4")]
    [TestCase("amount > 70 or amount < 11", "2,4", Description = "no range that ends before it begins")]
    [TestCase("amount > id", "1,2,4")]
    [TestCase("amount <= data.id or amount is empty", "3")]
    [TestCase("id > amount", "", Description = "nothing is larger or smaller than null")]
    [TestCase("amount != id", "1,2,3,4", Description = "null is unequal to every value")]
    [TestCase("status = currency or status = \"status\"", "")]
    public async Task Where_Conditions_SelectRows(string where, string expected)
    {
        Api.Rows =
        [
            """{"id":1,"amount":20.10,"currency":"USD","status":"open","due_date":"2026-01-01","vendor":{"name":"A"}}""",
            """{"id":2,"amount":"10","currency":"USD","status":"paid","due_date":"2026-02-01","vendor":null}""",
            """{"id":3,"amount":null,"currency":"USD","status":"open","due_date":"2026-03-01T10:00:00Z","vendor":{"name":"C"}}""",
            """{"id":4,"amount":75e-1,"currency":"EUR","status":"open","due_date":null,"vendor":{"name":"Bread and Butter"}}""",
        ];
        Api.Rows = [.. Api.Rows.Select(row => row.Replace("75e-1", "75", StringComparison.Ordinal))];
        var result = await ReadAsync("pages", new() { ["where"] = where, ["fields"] = "id" });
        var ids = expected.Split(',', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(
            string.Join(',', result["data"]!.AsArray().Select(row => row!.ToJsonString())),
            Is.EqualTo(string.Join(',', ids.Select(id => $$"""{"id":{{id}}}""")))
        );
        Assert.That((int)result["matched"]!, Is.EqualTo(ids.Length));
    }

    [TestCase(
        "total",
        "sum(amuont)",
        "Argument 'total' names 'amuont', which the rows do not have. Did you mean 'amount'?"
    )]
    [TestCase(
        "total",
        "sum(status)",
        "Argument 'total' adds 'status', which holds text. 'sum' needs numbers; 'count' counts rows."
    )]
    [TestCase(
        "total",
        "sum(vendor)",
        "Argument 'total' adds 'vendor', which is an object. Name a member with one value, such as a text or a number."
    )]
    [TestCase(
        "total",
        "sum(lines.quantity)",
        "Argument 'total' adds 'lines.quantity', which is inside a list of each row. Only members of the row itself can be used."
    )]
    [TestCase("total", "avg(amount)", "Argument 'total' has no average: ask for sum(x) and count, and divide.")]
    [TestCase(
        "total",
        "median(amount)",
        "Argument 'total' must hold count, sum(x), min(x) or max(x), but has 'median(amount)'; for example 'sum(amount), count by status top 10'."
    )]
    [TestCase(
        "total",
        "count by id, status, currency",
        "Argument 'total' must name 1 or 2 members after 'by', but names 3."
    )]
    [TestCase(
        "total",
        "count by status top many",
        "Argument 'total' must end in 'top' and a whole number above 0, but has 'top many'."
    )]
    [TestCase(
        "total",
        "sum(",
        "Argument 'total' must hold count, sum(x), min(x) or max(x), but has 'sum('; for example 'sum(amount), count by status top 10'."
    )]
    [TestCase(
        "where",
        "amount > 10 and amount < 5",
        "Argument 'where' has a range of 'amount' that ends (5) before it begins (10)."
    )]
    [TestCase(
        "where",
        "due_date >= 2026-12-01 and due_date <= 2026-11-30",
        "Argument 'where' has a range of 'due_date' that ends (2026-11-30) before it begins (2026-12-01)."
    )]
    [TestCase(
        "where",
        "amount",
        "Argument 'where' must hold a member, an operator and a value, but has 'amount'; for example 'amount > 100 and due_date <= 2026-11-30 and paid_amount is empty'."
    )]
    [TestCase(
        "where",
        "amount > 5 xor amount < 1",
        "Argument 'where' must join conditions by 'and' or 'or', but has '5 xor amount < 1'. Put a value with < > or = into quotation marks."
    )]
    [TestCase(
        "where",
        "status = black or white",
        "Argument 'where' must hold a member, an operator and a value, but has 'white'; for example 'amount > 100 and due_date <= 2026-11-30 and paid_amount is empty'."
    )]
    [TestCase(
        "where",
        "amount < due_date",
        "Argument 'where' compares 'amount', which is a number, with 'due_date', which is text. Put a word into quotation marks."
    )]
    [TestCase(
        "where",
        "status = lines",
        "Argument 'where' compares 'status' with 'lines', which is a list. Put a word into quotation marks."
    )]
    [TestCase(
        "where",
        "amount > lines.quantity",
        "Argument 'where' compares 'amount' with 'lines.quantity', which is inside a list of each row. Put a word into quotation marks."
    )]
    [TestCase(
        "where",
        "amount > cheap",
        "Argument 'where' compares 'amount' with 'cheap', which is neither a number nor a date like 2026-11-30."
    )]
    [TestCase("where", "amount = cheap", "Argument 'where' compares 'amount', which holds numbers, with 'cheap'.")]
    [TestCase("where", "amount != 1,000", "Argument 'where' compares 'amount', which holds numbers, with '1,000'.")]
    [TestCase(
        "where",
        "due_date = Today",
        "Argument 'where' compares 'due_date' with 'Today'. Write dates like 2026-11-30, and words in quotation marks."
    )]
    [TestCase(
        "where",
        "due_date > 2026-02-30",
        "Argument 'where' has '2026-02-30', which is no date. Write dates like 2026-11-30."
    )]
    [TestCase(
        "where",
        "vendor = A",
        "Argument 'where' tests 'vendor', which is an object. Only 'is empty' and 'is not empty' fit it."
    )]
    [TestCase(
        "where",
        "amount between 1 and 2",
        "Argument 'where' must have one of = != < <= > >= contains, 'is empty' and 'is not empty' after 'amount', but has 'between'."
    )]
    [TestCase("where", "name = \"open", "Argument 'where' has a value without a closing quotation mark.")]
    public async Task Arguments_BadInput_IsOneSentenceAndNothingIsSent(string argument, string value, string sentence)
    {
        Assert.That(await RefusedAsync("pages", new() { [argument] = value }), Does.EndWith(sentence));
        Assert.That(Api.Requests, Is.Empty);
    }

    [Test]
    public async Task Total_WithAPage_IsRefusedAndNothingIsSent()
    {
        Assert.That(
            await RefusedAsync("pages", new() { ["total"] = "count", ["page"] = 2 }),
            Does.EndWith("Argument 'total' adds up all pages, so leave 'page' out, or leave 'total' out for one page.")
        );
        Assert.That(Api.Requests, Is.Empty);
    }

    [TestCase("sum(name)", "sum(name) needs numbers, but a row holds a text there.")]
    [TestCase("max(name)", "max(name) needs only numbers, or only dates, but a row holds a text there.")]
    [TestCase("count by more", "'more', which is an object")]
    [TestCase(
        "count by more.inner",
        "Rows cannot be grouped by 'more.inner', as a row holds an object there. Name a member with one value."
    )]
    [TestCase(
        "count by id",
        "There are more than 1000 groups by id. Group by a member with fewer values, or narrow the rows with 'where'."
    )]
    public async Task Total_RowsThatDoNotFit_AreOneSentence(string total, string sentence)
    {
        Api.Rows =
        [
            .. Enumerable.Range(1, 1001).Select(id => $$"""{"id":{{id}},"name":"x","more":{"inner":{"a":1} } }"""),
        ];
        Assert.That(await RefusedAsync("pages", new() { ["total"] = total }), Does.Contain(sentence));
    }
}
