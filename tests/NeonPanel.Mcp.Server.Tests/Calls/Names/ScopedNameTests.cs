using System.Text.Json.Nodes;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;

namespace NeonPanel.Mcp.Server.Tests.Calls.Names;

/// <summary>Items, vendors, warehouses and documents are understood by name, within the company of the call.</summary>
internal sealed class ScopedNameTests
{
    private const string Pine = "7c1e4b52-93af-4d06-8b1a-5e20c7d94f31";
    private const string Acme = "e0a95d1c-2b78-4f43-a6d9-81c3f57b206e";
    private const string Companies = "/api/v1/companies";
    private const string OfPine = $"{Companies}/{Pine}";
    private const string Reno = "5f0a7c11-2d3e-4b58-9a6f-70c1d2e3f405";
    private const string Lantern =
        """{"id":7404,"sku":"HP-LANT-01","asin":"B0LANTERN1","fnsku":"X001","name":"Trail Lantern","country_code":"US"}""";
    private const string LanternOfCanada =
        """{"id":7512,"sku":"HP-LANT-02","asin":"B0LANTERN1","fnsku":"X002","name":"Trail Lantern","country_code":"CA"}""";

    private StrictUpstream server = null!;
    private RpcClient client = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => server = await StrictUpstream.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await server.DisposeAsync();

    // Another user each time, for whom nothing is kept.
    [SetUp]
    public void Arrive()
    {
        client = new(server.Address, server.TokenOf(TestContext.CurrentContext.Test.ID));
        server.Upstream.Reset();
        List(
            Companies,
            $$"""{"id":214,"uuid":"{{Pine}}","name":"Harbor & Pine","short_name":"HPO"}""",
            $$"""{"id":387,"uuid":"{{Acme}}","name":"Acme","short_name":null}"""
        );
        Search($"{OfPine}/inventory-items", "HP-LANT-01", Lantern);
        Search($"{OfPine}/inventory-items", "HP-LANT", Lantern, LanternOfCanada);
        Search($"{OfPine}/inventory-items", "trail  lantern");
        Search($"{OfPine}/inventory-items", "trail lantern", Lantern, LanternOfCanada);
        Search($"{OfPine}/inventory-items", "B0LANTERN1", Lantern, LanternOfCanada);
        List($"{OfPine}/vendors", """{"id":64,"name":"Great Basin Freight","code":"GBF"}""");
        List($"{OfPine}/services", """{"id":141,"name":"Ocean Freight","group":"Inbound"}""");
        List($"{OfPine}/payment-terms", """{"id":12,"name":"Net 15","document":"bill"}""");
        List(
            $"{OfPine}/warehouses",
            $$"""{"uuid":"{{Reno}}","name":"Reno 3PL","type":"3PL","country_code":"US"}""",
            """{"uuid":"11111111-2d3e-4b58-9a6f-70c1d2e3f405","name":"Reno Annex","type":"FBM","country_code":"US"}"""
        );
        Answer(Request.Create().WithPath($"{OfPine}/inventory-items/*"), "{}");
        Answer(Request.Create().UsingPost().WithPath($"{OfPine}/bills"), "{}");
        Answer(Request.Create().UsingPost().WithPath($"{OfPine}/adjustments"), "{}");
    }

    [TearDown]
    public void Leave() => client.Dispose();

    [TestCase("HP-LANT-01")]
    [TestCase("hp-lant-01")]
    public async Task CallTool_ItemBySku_IsFoundByTheListsSearch(string sku)
    {
        Search($"{OfPine}/inventory-items", "hp-lant-01", Lantern);
        var (text, notes) = await CallAsync(
            "getInventoryDetails",
            $$"""{"companyUuid":"HPO","inventoryId":"{{sku}}"}"""
        );
        Assert.That(text, Does.StartWith("{"));
        Assert.That(notes, Is.EqualTo("Company: Harbor & Pine.\nItem: HP-LANT-01 (Trail Lantern), id 7404."));
        Assert.That(
            Paths(),
            Is.EqualTo(new[] { Companies, $"{OfPine}/inventory-items", $"{OfPine}/inventory-items/7404/balances" })
        );
        Assert.That(QueryOf(1, "search"), Is.EqualTo(sku));
    }

    [Test]
    public async Task CallTool_BeginningThatOneItemHas_IsEnoughToRead()
    {
        Search($"{OfPine}/inventory-items", "HP-LANT-0", Lantern);
        await CallAsync("getInventoryDetails", $$"""{"companyUuid":"{{Pine}}","inventoryId":"HP-LANT-0"}""");
        Assert.That(Paths()[^1], Is.EqualTo($"{OfPine}/inventory-items/7404/balances"));
    }

    [Test]
    public async Task CallTool_BeginningInAWrite_IsRefusedWithTheFullName()
    {
        Search($"{OfPine}/inventory-items", "HP-LANT-0", Lantern);
        var text = await RefusedAsync(
            "deleteInventoryItem",
            $$"""{"companyUuid":"{{Pine}}","inventoryId":"HP-LANT-0"}"""
        );
        Assert.That(
            text,
            Does.EndWith(
                "but is none of them. Did you mean 'HP-LANT-01' (Trail Lantern, US, 7404)? A call that writes needs the full name."
            )
        );
        Assert.That(Paths(), Is.EqualTo(new[] { $"{OfPine}/inventory-items" }));
    }

    [TestCase("B0LANTERN1", "is the name of 2: ")]
    [TestCase("HP-LANT", "begins the names of 2: ")]
    public async Task CallTool_NameOfSeveralItems_IsAnsweredWithWhatTellsThemApart(string name, string expected)
    {
        var text = await RefusedAsync(
            "getInventoryDetails",
            $$"""{"companyUuid":"{{Pine}}","inventoryId":"{{name}}"}"""
        );
        Assert.That(
            text,
            Is.EqualTo(
                $"getInventoryDetails was not called:\nArgument 'inventoryId' {expected}'HP-LANT-01' (Trail Lantern, US, 7404), "
                    + "'HP-LANT-02' (Trail Lantern, CA, 7512). Send the id of the intended one."
            )
        );
        Assert.That(Paths(), Is.EqualTo(new[] { $"{OfPine}/inventory-items" }));
    }

    // The search finds nothing for a name with two spaces, a part of it does.
    [Test]
    public async Task CallTool_NameThatTheSearchDoesNotFind_IsComparedWithWhatAPartOfItFinds()
    {
        Search($"{OfPine}/inventory-items", "Trail-Lanterns");
        Search($"{OfPine}/inventory-items", "Lanterns");
        Search($"{OfPine}/inventory-items", "Lant", Lantern);
        var text = await RefusedAsync(
            "getInventoryDetails",
            $$"""{"companyUuid":"{{Pine}}","inventoryId":"Trail-Lanterns"}"""
        );
        Assert.That(text, Does.Contain("Did you mean 'HP-LANT-01' (Trail Lantern, US, 7404)?"));
        Assert.That(Paths(), Has.Length.EqualTo(3).And.All.EqualTo($"{OfPine}/inventory-items"));
    }

    [TestCase("7404")]
    [TestCase("\"7404\"")]
    public async Task CallTool_Number_IsAnId(string id)
    {
        Search($"{OfPine}/inventory-items", "7404", Lantern);
        await CallAsync("getInventoryDetails", $$"""{"companyUuid":"{{Pine}}","inventoryId":{{id}}}""");
        Assert.That(Paths()[^1], Is.EqualTo($"{OfPine}/inventory-items/7404/balances"));
        Assert.That(Paths(), Has.Length.EqualTo(id == "7404" ? 1 : 2));
    }

    [Test]
    public async Task CallTool_TextOfDigitsThatIsTheNameOfAnother_IsNotGuessed()
    {
        Search(
            $"{OfPine}/inventory-items",
            "7404",
            Lantern,
            """{"id":8000,"sku":"7404","name":"Odd","country_code":"US"}"""
        );
        var text = await RefusedAsync("getInventoryDetails", $$"""{"companyUuid":"{{Pine}}","inventoryId":"7404"}""");
        Assert.That(
            text,
            Does.EndWith(
                "Argument 'inventoryId' may be an id, and is the name of '7404' (Odd, US, 8000). Send the intended id as a number, without quotation marks."
            )
        );
    }

    [Test]
    public async Task CallTool_NamesInABody_AreSentAsIds()
    {
        var lines = string.Join(
            ',',
            Enumerable
                .Range(1, 500)
                .Select(line => $$"""{"service_id":"ocean freight","quantity":{{line}},"rate":1.50}""")
        );
        var (_, notes) = await CallAsync(
            "bills_create",
            $$"""{"companyUuid":"HPO","ref_number":"7","vendor_id":"GBF","payment_term_id":"Net 15","details":[{{lines}}]}"""
        );
        var body = JsonNode.Parse(server.Upstream.LogEntries[^1].RequestMessage!.Body!)!;
        Assert.That(
            ((int)body["vendor_id"]!, (int)body["payment_term_id"]!, (string)body["ref_number"]!),
            Is.EqualTo((64, 12, "7"))
        );
        Assert.That(
            body["details"]!.AsArray().Select(line => line!.ToJsonString()),
            Is.EqualTo(
                Enumerable.Range(1, 500).Select(line => $$"""{"service_id":141,"quantity":{{line}},"rate":1.50}""")
            )
        );
        Assert.That(Paths(), Has.Length.EqualTo(5), "each list once");
        Assert.That(
            notes,
            Is.EqualTo(
                "Company: Harbor & Pine.\nVendor: Great Basin Freight (GBF), id 64.\nPayment term: Net 15 (bill), id 12.\nService: Ocean Freight (Inbound), id 141."
            )
        );
    }

    [Test]
    public async Task CallTool_OneUnknownNameInABody_SendsNothing()
    {
        var text = await RefusedAsync(
            "bills_create",
            $$"""{"companyUuid":"{{Pine}}","ref_number":"7","vendor_id":"GBF","details":[{"service_id":141,"quantity":1,"rate":1},{"service_id":"Air Freight","quantity":1,"rate":1}]}"""
        );
        Assert.That(
            text,
            Is.EqualTo(
                "bills_create was not called:\nArgument '/details/1/service_id' must be an id from services_list, or a name from there, but is none of them. "
                    + "Did you mean 'Ocean Freight' (Inbound, 141)?"
            )
        );
        Assert.That(Paths(), Has.None.EqualTo($"{OfPine}/bills"));
    }

    [TestCase(403, "answered 403")]
    [TestCase(429, "answered 429")]
    [TestCase(500, "answered 500")]
    public async Task CallTool_ListThatFails_IsToldAndNothingIsSent(int status, string expected)
    {
        server
            .Upstream.Given(Request.Create().WithPath($"{OfPine}/services"))
            .AtPriority(-1)
            .RespondWith(Response.Create().WithStatusCode(status).WithBody("{}"));
        var text = await RefusedAsync(
            "bills_create",
            $$"""{"companyUuid":"{{Pine}}","ref_number":"7","vendor_id":"GBF","details":[{"service_id":"Ocean Freight","quantity":1,"rate":1}]}"""
        );
        Assert.That(
            text,
            Does.StartWith(
                    "bills_create was not called: 'details[].service_id' holds a name, and names could not be looked up. services_list failed:"
                )
                .And.Contain(expected)
        );
        Assert.That(Paths(), Has.None.EqualTo($"{OfPine}/bills"));
    }

    [Test]
    public async Task CallTool_ManyDifferentNames_AreFoundInTheWholeList()
    {
        var items = Enumerable
            .Range(1, 21)
            .Select(number => $$"""{"id":{{number}},"sku":"SKU-{{number}}","name":"Item","country_code":"US"}""");
        List($"{OfPine}/inventory-items", [.. items]);
        var lines = string.Join(
            ',',
            Enumerable
                .Range(1, 21)
                .Select(number => $$"""{"inventory_id":"SKU-{{number}}","service_id":141,"quantity":1,"rate":1}""")
        );
        await CallAsync(
            "adjustments_create",
            $$"""{"companyUuid":"{{Pine}}","ref_number":"A","details":[{{lines}}]}"""
        );
        var body = JsonNode.Parse(server.Upstream.LogEntries[^1].RequestMessage!.Body!)!;
        Assert.That(
            body["details"]!.AsArray().Select(line => (int)line!["inventory_id"]!),
            Is.EqualTo(Enumerable.Range(1, 21))
        );
        Assert.That(Paths(), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task CallTool_MoreThanAHundredNamesInABody_AsksNobody()
    {
        var lines = string.Join(
            ',',
            Enumerable
                .Range(1, 101)
                .Select(number => $$"""{"inventory_id":"SKU-{{number}}","service_id":141,"quantity":1,"rate":1}""")
        );
        var text = await RefusedAsync(
            "adjustments_create",
            $$"""{"companyUuid":"{{Pine}}","ref_number":"A","details":[{{lines}}]}"""
        );
        Assert.That(text, Does.Contain("Argument 'details' must hold at most 100 different names"));
        Assert.That(Paths(), Is.Empty);
    }

    [Test]
    public async Task CallTool_WithoutCompany_OfAUserWithSeveral_IsAnsweredWithThem()
    {
        foreach (
            var arguments in (string[])
                ["{}", """{"companyUuid":""}""", """{"companyUuid":" "}""", """{"companyUuid":null}"""]
        )
        {
            Assert.That(
                await RefusedAsync("vendors_list", arguments),
                Is.EqualTo(
                    "vendors_list was not called:\nArgument 'companyUuid' is missing. Send one of 'Harbor & Pine' (HPO), 'Acme'."
                )
            );
        }

        Assert.That(Paths(), Is.EqualTo(new[] { Companies }));
    }

    [Test]
    public async Task CallTool_WithoutCompany_OfAUserWithOne_UsesItAndSaysSo()
    {
        server
            .Upstream.Given(Request.Create().WithPath(Companies))
            .AtPriority(-1)
            .RespondWith(Json($$"""{"last_page":1,"data":[{"uuid":"{{Pine}}","name":"Harbor & Pine Co."}]}"""));
        var (_, notes) = await CallAsync("getInventoryDetails", """{"inventoryId":"HP-LANT-01"}""");
        Assert.That(notes, Is.EqualTo("Company: Harbor & Pine Co.\nItem: HP-LANT-01 (Trail Lantern), id 7404."));
        Assert.That(Paths()[^1], Is.EqualTo($"{OfPine}/inventory-items/7404/balances"));
    }

    [Test]
    public async Task CallTool_WithoutCompany_IfCompaniesCannotBeListed_SaysSo()
    {
        server
            .Upstream.Given(Request.Create().WithPath(Companies))
            .AtPriority(-1)
            .RespondWith(Response.Create().WithStatusCode(500).WithBody("{}"));
        Assert.That(
            await RefusedAsync("vendors_list", "{}"),
            Does.StartWith("vendors_list was not called: 'companyUuid' is missing, and names could not be looked up.")
        );
    }

    // The list of warehouses has no numeric ids, documents have both.
    [Test]
    public async Task CallTool_WarehouseByName_IsLearnedFromDocumentsOnce()
    {
        List(
            $"{OfPine}/inventory-orders",
            $$"""{"id":1,"warehouse":null}""",
            $$"""{"id":2,"warehouse":{"id":31,"uuid":"{{Reno}}","name":"Reno 3PL"} }"""
        );
        List($"{OfPine}/shipments");
        var (_, notes) = await CallAsync(
            "shipments_list",
            $$"""{"companyUuid":"{{Pine}}","warehouses":["reno 3pl",32]}"""
        );
        Assert.That(notes, Does.StartWith("Warehouse: Reno 3PL (3PL), id 31."));
        Assert.That(
            Paths(),
            Is.EqualTo(new[] { $"{OfPine}/warehouses", $"{OfPine}/inventory-orders", $"{OfPine}/shipments" })
        );
        Assert.That(
            new Uri(server.Upstream.LogEntries[^1].RequestMessage!.Url!).Query,
            Is.EqualTo("?warehouses=31&warehouses=32")
        );
        await CallAsync("shipments_list", $$"""{"companyUuid":"{{Pine}}","warehouses":["{{Reno}}"]}""");
        Assert.That(Paths(), Has.Length.EqualTo(4), "the uuid needs neither list nor documents");
        using var other = new RpcClient(server.Address, server.TokenOf("somebody-else"));
        await CallAsync("shipments_list", $$"""{"companyUuid":"{{Pine}}","warehouses":["{{Reno}}"]}""", other);
        Assert.That(Paths(), Has.Length.EqualTo(6), "another user learns it with the own token");
    }

    [Test]
    public async Task CallTool_WarehouseInAnAnswer_IsKnownFromThen()
    {
        List(
            $"{OfPine}/shipments",
            $$"""{"id":2,"origin_warehouse":{"name":"x","id":77,"uuid":"{{Reno}}"},"destination_warehouse":null}"""
        );
        await CallAsync("shipments_list", $$"""{"companyUuid":"{{Pine}}"}""");
        var before = Paths().Length;
        await CallAsync(
            "adjustments_create",
            $$"""{"companyUuid":"{{Pine}}","ref_number":"A","warehouse_id":"Reno 3PL","details":[{"inventory_id":1,"service_id":141,"quantity":1,"rate":1}]}"""
        );
        Assert.That(Paths()[before..], Is.EqualTo(new[] { $"{OfPine}/warehouses", $"{OfPine}/adjustments" }));
        Assert.That(
            (int)JsonNode.Parse(server.Upstream.LogEntries[^1].RequestMessage!.Body!)!["warehouse_id"]!,
            Is.EqualTo(77)
        );
    }

    [Test]
    public async Task CallTool_WarehouseThatNoDocumentHas_IsToldAndNotAskedForAgain()
    {
        foreach (var list in (string[])["inventory-orders", "shipments", "invoices", "assembly-orders", "adjustments"])
        {
            List($"{OfPine}/{list}");
        }

        const string call =
            $$"""{"companyUuid":"{{Pine}}","ref_number":"A","warehouse_id":"Reno 3PL","details":[{"inventory_id":1,"service_id":141,"quantity":1,"rate":1}]}""";
        var text = await RefusedAsync("adjustments_create", call);
        Assert.That(
            text,
            Does.EndWith(
                "Argument 'warehouse_id' is known, but no list has its id, and neither have the newest answers of inventoryOrders_list, shipments_list, invoices_list, "
                    + "assemblyOrders_list, adjustments_list. Read an older one that contains it, or send the id itself."
            )
        );
        Assert.That(Paths(), Has.Length.EqualTo(6));
        await RefusedAsync("adjustments_create", call);
        Assert.That(Paths(), Has.Length.EqualTo(6));
    }

    [Test]
    public async Task CallTool_CustomerByName_IsFoundInInvoices()
    {
        Search(
            $"{OfPine}/invoices",
            "Tahoe Trading Post",
            """{"id":1,"customer":{"id":208,"name":"Tahoe Trading Post","code":"TTP"}}""",
            """{"id":2,"customer":{"id":208,"name":"Tahoe Trading Post","code":"TTP"}}""",
            """{"id":3,"customer":null}"""
        );
        Answer(Request.Create().UsingPost().WithPath($"{OfPine}/invoices"), "{}");
        var (_, notes) = await CallAsync(
            "invoices_create",
            $$"""{"companyUuid":"{{Pine}}","ref_number":"A","customer_id":"Tahoe Trading Post","details":[{"service_id":141,"quantity":1,"amount":1}]}"""
        );
        Assert.That(notes, Is.EqualTo("Customer: Tahoe Trading Post (TTP), id 208."));
    }

    [Test]
    public async Task CallTool_DocumentByNumber_IsRead()
    {
        Search(
            $"{OfPine}/bills",
            "GBF-22817",
            """{"id":904,"ref_number":"GBF-22817","date":"2026-09-28","amount":1620,"currency":"USD"}"""
        );
        Answer(Request.Create().WithPath($"{OfPine}/bills/904"), "{}");
        var (_, notes) = await CallAsync("bills_read", $$"""{"companyUuid":"{{Pine}}","billId":"GBF-22817"}""");
        Assert.That(notes, Is.EqualTo("Bill: GBF-22817 (2026-09-28), id 904."));
    }

    // No list contains installments by name.
    [Test]
    public async Task CallTool_NameWhereNoLookupIs_NamesTheListOfTheIds()
    {
        Assert.That(
            await RefusedAsync("paymentRequests_update", $$"""{"companyUuid":"{{Pine}}","paymentId":"GBF-1"}"""),
            Does.Contain("'paymentId' must be a whole number, but is a string")
                .And.EndsWith("paymentRequests_list finds the value.")
        );
        Assert.That(Paths(), Is.Empty);
    }

    [Test]
    public async Task CallTool_SearchWithoutEnd_IsNoProofForAWrite()
    {
        server
            .Upstream.Given(Request.Create().WithPath($"{OfPine}/inventory-items"))
            .AtPriority(-2)
            .RespondWith(Json($$"""{"last_page":1000000,"data":[{{Lantern}}]}"""));
        var text = await RefusedAsync(
            "deleteInventoryItem",
            $$"""{"companyUuid":"{{Pine}}","inventoryId":"HP-LANT-01"}"""
        );
        Assert.That(
            text,
            Does.EndWith(
                "but others may have the same name: only the first 5 of listInventoryItems were compared. Send the id."
            )
        );
        Assert.That(Paths(), Has.Length.EqualTo(5));
    }

    private async Task<string> RefusedAsync(string tool, string arguments)
    {
        var result = await ResultAsync(tool, arguments, client);
        Assert.That((bool)result["isError"]!, Is.True);
        return (string)result["content"]![0]!["text"]!;
    }

    private async Task<(string Text, string Notes)> CallAsync(string tool, string arguments, RpcClient? by = null)
    {
        var result = await ResultAsync(tool, arguments, by ?? client);
        var texts = result["content"]!.AsArray().Select(block => (string)block!["text"]!).ToList();
        Assert.That((bool)result["isError"]!, Is.False, texts[0]);
        return (texts[0], texts.Count > 1 ? texts[1] : "");
    }

    private static async Task<JsonNode> ResultAsync(string tool, string arguments, RpcClient by) =>
        (
            await by.PostAsync(
                "/mcp",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\""
                    + tool
                    + "\",\"arguments\":"
                    + arguments
                    + "}}",
                ("Accept", "application/json")
            )
        ).Result;

    private string[] Paths() => [.. server.Upstream.LogEntries.Select(entry => entry.RequestMessage!.Path)];

    private string QueryOf(int request, string name) =>
        server.Upstream.LogEntries[request].RequestMessage!.Query![name].Single();

    private void List(string path, params string[] items) =>
        Answer(
            Request.Create().UsingGet().WithPath(path),
            $$"""{"current_page":1,"last_page":1,"data":[{{string.Join(',', items)}}]}"""
        );

    private void Search(string path, string text, params string[] items) =>
        server
            .Upstream.Given(Request.Create().UsingGet().WithPath(path).WithParam("search", text))
            .AtPriority(-1)
            .RespondWith(Json($$"""{"current_page":1,"last_page":1,"data":[{{string.Join(',', items)}}]}"""));

    private void Answer(IRequestBuilder request, string body) => server.Upstream.Given(request).RespondWith(Json(body));

    private static IResponseBuilder Json(string body) =>
        Response.Create().WithHeader("Content-Type", "application/json").WithBody(body);
}
