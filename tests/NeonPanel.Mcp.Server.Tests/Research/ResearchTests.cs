using System.Net;
using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using NeonPanel.Mcp.Server.Research;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;

namespace NeonPanel.Mcp.Server.Tests.Research;

/// <summary>The profile <c>research</c>: search and fetch in the form that ChatGPT expects of a connector.</summary>
[Category("Slow")]
internal sealed class ResearchTests
{
    private static readonly string[] Others =
    [
        "adjustments",
        "assembly-orders",
        "inventory-orders",
        "invoices",
        "payment-requests",
        "shipments",
        "vendors",
    ];

    private StrictUpstream server = null!;
    private McpClient client = null!;

    [SetUp]
    public async Task StartAsync()
    {
        server = await StrictUpstream.StartAsync();
        client = await server.ConnectAsync("/mcp/research");
        Answer(
            "/api/v1/companies",
            """{"current_page":1,"last_page":1,"data":[{"id":1,"uuid":"u-1","name":"Harbor Pine"},{"id":2,"uuid":"u-2","name":"Tarn"}]}"""
        );
        Answer(
            "/api/v1/reports",
            """{"count":1,"data":[{"id":21,"title":"Lamp Sales","link":"https://my.neonpanel.com/app/reports/21"},{"id":22,"title":"Stock Age"}]}"""
        );
        foreach (var company in new[] { "u-1", "u-2" })
        {
            Answer(
                $"/api/v1/companies/{company}/inventory-items",
                $$"""{"data":[{"id":7401,"name":"Lamp of {{company}}"}]}"""
            );
            Answer(
                $"/api/v1/companies/{company}/bills",
                """{"data":[{"id":904,"name":"Freight of lamps","link":"https://my.neonpanel.com/app/bills/904"}]}"""
            );
            foreach (var kind in Others)
            {
                Answer($"/api/v1/companies/{company}/{kind}", """{"data":[]}""");
            }
        }
    }

    [TearDown]
    public async Task StopAsync()
    {
        await client.DisposeAsync();
        await server.DisposeAsync();
    }

    [Test]
    public async Task List_ProfileResearch_HoldsTheTwoAndNothingElse()
    {
        var tools = await client.ListToolsAsync();
        Assert.That(tools.Select(tool => tool.Name), Is.EqualTo(new[] { "fetch", "search" }));
        Assert.That(tools.Select(tool => tool.ProtocolTool.Annotations!.ReadOnlyHint), Is.All.True);
    }

    [Test]
    public async Task List_ProfileAll_DoesNotHoldThem()
    {
        await using var all = await server.ConnectAsync("/mcp");
        Assert.That(
            (await all.ListToolsAsync()).Select(tool => tool.Name),
            Has.No.Member("search").And.No.Member("fetch")
        );
    }

    [Test]
    public async Task Search_Words_FindsInEverySourceAndCompany()
    {
        var results = await SearchAsync("lamp");
        Assert.That(
            results,
            Is.EqualTo(
                new[]
                {
                    ("item/u-1/7401", "Item Lamp of u-1", ""),
                    ("item/u-2/7401", "Item Lamp of u-2", ""),
                    ("bill/u-1/904", "Bill Freight of lamps", "https://my.neonpanel.com/app/bills/904"),
                    ("bill/u-2/904", "Bill Freight of lamps", "https://my.neonpanel.com/app/bills/904"),
                    ("report/21", "Report Lamp Sales", "https://my.neonpanel.com/app/reports/21"),
                }
            )
        );
        var asked = server
            .Upstream.LogEntries.Select(entry => entry.RequestMessage!)
            .Where(message => message.Path.EndsWith("/bills", StringComparison.Ordinal));
        Assert.That(asked.Select(message => message.Query!["search"].Single()), Is.EqualTo(new[] { "lamp", "lamp" }));
    }

    [Test]
    public async Task Search_OneListThatIsNoJson_StillTellsTheOthersAndSaysSo()
    {
        Answer("/api/v1/reports", "<html>Sign in</html>", priority: -1);
        var result = await client.CallToolAsync("search", new Dictionary<string, object?> { ["query"] = "lamp" });
        Assert.That(result.IsError, Is.Not.True);
        Assert.That(result.StructuredContent!.Value.GetProperty("results").GetArrayLength(), Is.EqualTo(4));
        Assert.That(
            result.StructuredContent!.Value.GetProperty("notice").GetString(),
            Does.Contain("invalid JSON: report.")
        );
    }

    // A fault of ours would be an error line, which fails the run.
    [TestCase("/api/v1/companies", "search", "query", "lamp")]
    [TestCase("/api/v1/companies", "fetch", "id", "company/u-2")]
    [TestCase("/api/v1/companies/u-1/bills/904", "fetch", "id", "bill/u-1/904")]
    [TestCase("/api/v1/companies/u-1/inventory-items/7401/balances", "fetch", "id", "item/u-1/7401")]
    public async Task Call_AnswerThatIsNoJson_SaysSo(string path, string tool, string argument, string value)
    {
        Answer(path, "{'no': JSON}", priority: -1);
        var result = await client.CallToolAsync(tool, new Dictionary<string, object?> { [argument] = value });
        Assert.That(result.IsError, Is.True);
        Assert.That(((TextContentBlock)result.Content[0]).Text, Does.Contain("invalid JSON"));
    }

    [Test]
    public async Task Search_WithACompanysName_LooksInItAlone()
    {
        var results = await SearchAsync("lamp tarn");
        Assert.That(
            results.Select(result => result.Id),
            Is.EqualTo(new[] { "item/u-2/7401", "bill/u-2/904", "report/21" })
        );
        Assert.That(server.Upstream.LogEntries.Select(entry => entry.RequestMessage!.Path), Has.None.Contain("u-1"));
    }

    [Test]
    public async Task Search_OneCompanyForbidden_StillTellsTheOthers()
    {
        server
            .Upstream.Given(Request.Create().UsingGet().WithPath("/api/v1/companies/u-1/bills"))
            .AtPriority(-1)
            .RespondWith(
                Response.Create().WithStatusCode(403).WithHeader("Content-Type", "application/json").WithBody("{}")
            );
        Assert.That(
            (await SearchAsync("lamp")).Select(result => result.Id),
            Has.Member("bill/u-2/904").And.No.Member("bill/u-1/904")
        );
    }

    [Test]
    public async Task Search_TokenThatTheApiRejects_IsUnauthorized()
    {
        server
            .Upstream.Given(Request.Create().UsingGet().WithPath("/api/v1/companies"))
            .AtPriority(-1)
            .RespondWith(
                Response.Create().WithStatusCode(401).WithHeader("Content-Type", "application/json").WithBody("{}")
            );
        // Rule B5: clients renew their token on HTTP 401 alone.
        var failure = await Assert.ThrowsAsync<HttpRequestException>(async () =>
            await client.CallToolAsync("search", new Dictionary<string, object?> { ["query"] = "lamp" })
        );
        Assert.That(failure!.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Fetch_IdOfSearch_GivesTheWholeRecord()
    {
        Answer(
            "/api/v1/companies/u-2/bills/904",
            """{"id":904,"name":"Freight of lamps","amount":1620.00,"link":"https://my.neonpanel.com/app/bills/904"}"""
        );
        var result = (await client.CallToolAsync("fetch", new Dictionary<string, object?> { ["id"] = "bill/u-2/904" }))
            .StructuredContent!
            .Value;
        Assert.That(result.GetProperty("title").GetString(), Is.EqualTo("Bill Freight of lamps"));
        Assert.That(result.GetProperty("text").GetString(), Does.Contain("amount: 1620.00"));
        Assert.That(result.GetProperty("url").GetString(), Is.EqualTo("https://my.neonpanel.com/app/bills/904"));
        Assert.That(result.GetProperty("metadata").GetProperty("companyUuid").GetString(), Is.EqualTo("u-2"));
    }

    [Test]
    public async Task Fetch_KindWithoutAToolThatReadsOne_IsFoundInTheList()
    {
        var result = (await client.CallToolAsync("fetch", new Dictionary<string, object?> { ["id"] = "company/u-2" }))
            .StructuredContent!
            .Value;
        Assert.That(result.GetProperty("title").GetString(), Is.EqualTo("Company Tarn"));
    }

    [TestCase("bill/904", "Use ids from search")]
    [TestCase("nothing/1", "Use ids from search")]
    [TestCase("company/u-9", "Use ids from search")]
    [TestCase("bill/u-2/../904", "Use ids from search")]
    [TestCase("bill/../904", "is or holds a dot segment", Description = "an identifier of the address")]
    public async Task Fetch_AnyOtherId_SaysWhatIsWrong(string id, string expected)
    {
        var result = await client.CallToolAsync("fetch", new Dictionary<string, object?> { ["id"] = id });
        Assert.That(result.IsError, Is.True);
        Assert.That(((TextContentBlock)result.Content[0]).Text, Does.Contain(expected));
    }

    [Test]
    public async Task Search_Document_HasATitleThatCanBeCited()
    {
        Answer(
            "/api/v1/companies",
            """{"data":[{"uuid":"u-1","name":"Harbor Pine","short_name":"HPO"}]}""",
            priority: -1
        );
        Answer(
            "/api/v1/companies/u-1/bills",
            """{"data":[{"id":904,"ref_number":"GBF-22817","date":"2026-09-28","amount":1620,"currency":"USD","vendor":{"id":64,"name":"Great Basin Freight LLC"}}]}""",
            priority: -1
        );
        Answer(
            "/api/v1/companies/u-1/inventory-orders",
            """{"data":[{"id":512,"ref_number":"HP-PO-1047","total_amount":8100.5}]}""",
            priority: -1
        );
        Assert.That(
            (await SearchAsync("basin")).Select(result => result.Title),
            Has.Member("Bill GBF-22817, 2026-09-28, 1,620.00 USD, Great Basin Freight LLC (HPO)")
                .And.Member("Inventory order HP-PO-1047 (HPO)")
        );
    }

    [Test]
    public async Task Search_WordsThatNoRecordHas_AreLeftOutAndNamed()
    {
        foreach (var company in new[] { "u-1", "u-2" })
        {
            Answer($"/api/v1/companies/{company}/bills", """{"data":[]}""", priority: -1);
            Answer($"/api/v1/companies/{company}/inventory-items", """{"data":[]}""", priority: -1);
        }

        server
            .Upstream.Given(
                Request
                    .Create()
                    .UsingGet()
                    .WithPath("/api/v1/companies/u-2/inventory-orders")
                    .WithParam("search", "HP-PO-1047")
            )
            .AtPriority(-1)
            .RespondWith(
                Response
                    .Create()
                    .WithHeader("Content-Type", "application/json")
                    .WithBody("""{"data":[{"id":512,"ref_number":"HP-PO-1047"}]}""")
            );
        var answer = await AnswerAsync("purchase order HP-PO-1047");
        Assert.That(answer.GetProperty("results")[0].GetProperty("id").GetString(), Is.EqualTo("order/u-2/512"));
        Assert.That(
            answer.GetProperty("notice").GetString(),
            Is.EqualTo("No record has all words. These were left out: purchase, order.")
        );
    }

    [Test]
    public async Task Search_NothingFound_NamesTheKindsThatWereSearched()
    {
        foreach (var company in new[] { "u-1", "u-2" })
        {
            Answer($"/api/v1/companies/{company}/bills", """{"data":[]}""", priority: -1);
            Answer($"/api/v1/companies/{company}/inventory-items", """{"data":[]}""", priority: -1);
        }

        Assert.That(
            (await AnswerAsync("XX-1")).GetProperty("notice").GetString(),
            Does.StartWith(
                "Nothing was found among these kinds: company, item, bill, order, invoice, shipment, adjustment, assembly, payment, vendor and 1 more."
            )
        );
    }

    [Test]
    public async Task Search_SourceThatFails_IsNamed()
    {
        server
            .Upstream.Given(Request.Create().UsingGet().WithPath("/api/v1/companies/u-1/bills"))
            .AtPriority(-1)
            .RespondWith(
                Response.Create().WithStatusCode(403).WithHeader("Content-Type", "application/json").WithBody("{}")
            );
        Assert.That(
            (await AnswerAsync("lamp")).GetProperty("notice").GetString(),
            Is.EqualTo("Not searched, because the API answered 403: bill of Harbor Pine.")
        );
    }

    // 61 companies: without the second page, the last is not found.
    [Test]
    public async Task Search_ListWithoutASearch_IsReadToItsEnd()
    {
        var first = string.Join(
            ',',
            Enumerable.Range(1, 60).Select(id => $$"""{"uuid":"c-{{id}}","name":"Shop {{id}}"}""")
        );
        foreach (var (page, rows) in new[] { ("1", first), ("2", """{"uuid":"c-61","name":"Zebra"}""") })
        {
            server
                .Upstream.Given(Request.Create().UsingGet().WithPath("/api/v1/companies").WithParam("page", page))
                .AtPriority(-1)
                .RespondWith(
                    Response
                        .Create()
                        .WithHeader("Content-Type", "application/json")
                        .WithBody($$"""{"current_page":{{page}},"last_page":2,"data":[{{rows}}]}""")
                );
        }

        foreach (var kind in Others.Append("bills").Append("inventory-items"))
        {
            Answer($"/api/v1/companies/c-61/{kind}", """{"data":[]}""");
        }

        var answer = await AnswerAsync("Zebra");
        Assert.That(answer.GetProperty("results")[0].GetProperty("id").GetString(), Is.EqualTo("company/c-61"));
    }

    [Test]
    public async Task Fetch_Item_KeepsTheTitleOfTheSearchAndHasItsStock()
    {
        Answer(
            "/api/v1/companies/u-1/inventory-items/7401/balances",
            """{"inventory":{"id":7401,"name":"Lamp","sku":"L-1","asin":null},"restock_data":{"lead_time_days":40},"balances_data":{"balances_date":"2026-11-28","balances_list":[{"warehouse":{"name":"Reno"},"balance":756},{"warehouse":{"name":"Oslo"},"balance":3}]}}"""
        );
        var result = (await client.CallToolAsync("fetch", new Dictionary<string, object?> { ["id"] = "item/u-1/7401" }))
            .StructuredContent!
            .Value;
        Assert.That(result.GetProperty("title").GetString(), Is.EqualTo("Item L-1, Lamp"));
        Assert.That(result.GetProperty("url").GetString(), Is.Empty);
        Assert.That(
            result.GetProperty("text").GetString(),
            Is.EqualTo(
                "inventory: id 7401, name Lamp, sku L-1\nrestock_data: lead_time_days 40\nbalances_data.balances_date: 2026-11-28\n"
                    + "balances_data.balances_list 1: warehouse name Reno, balance 756\nbalances_data.balances_list 2: warehouse name Oslo, balance 3"
            )
        );
        Assert.That(result.GetProperty("metadata").GetProperty("company").GetString(), Is.EqualTo("Harbor Pine"));
    }

    [TestCase("""{"amount":1620,"currency":"USD"}""", "amount: 1620 USD")]
    [TestCase("""{"name":"x","currency":"USD"}""", "name: x\ncurrency: USD", Description = "no amount to stand behind")]
    [TestCase("""{"lines":[{"amount":1.50,"currency":"EUR","n":null}]}""", "lines 1: amount 1.50 EUR")]
    [TestCase("""{"tags":["a","b"],"none":[]}""", "tags: a, b\nnone: ")]
    public void Text_OfARecord_IsLinesThatPeopleCanCite(string json, string expected) =>
        Assert.That(RecordText.Of(JsonElement.Parse(json)), Is.EqualTo(expected));

    private async Task<JsonElement> AnswerAsync(string query)
    {
        var result = await client.CallToolAsync("search", new Dictionary<string, object?> { ["query"] = query });
        Assert.That(result.IsError, Is.Not.True);
        return result.StructuredContent!.Value;
    }

    // Of several answers for one path, the one of the lowest priority is given.
    private void Answer(string path, string json, int priority = 0) =>
        server
            .Upstream.Given(Request.Create().UsingGet().WithPath(path))
            .AtPriority(priority)
            .RespondWith(Response.Create().WithHeader("Content-Type", "application/json").WithBody(json));

    private async Task<List<(string Id, string Title, string Url)>> SearchAsync(string query)
    {
        var result = await client.CallToolAsync("search", new Dictionary<string, object?> { ["query"] = query });
        Assert.That(result.IsError, Is.Not.True);
        return [.. result.StructuredContent!.Value.GetProperty("results").EnumerateArray().Select(Read)];

        static (string, string, string) Read(JsonElement item) =>
            (
                item.GetProperty("id").GetString()!,
                item.GetProperty("title").GetString()!,
                item.GetProperty("url").GetString()!
            );
    }
}
