using System.Net;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Calls.Previews;

/// <summary>The argument <c>preview</c>: a write shows what it would do, and nothing is sent.</summary>
internal sealed class PreviewTests
{
    private const string Bill = """
        {"id":912,"name":null,"ref_number":"GBF-1","date":"2026-11-20","amount":1835,"currency":"USD",
        "vendor":{"id":64,"name":"Great Basin"},"payment_term":{"id":12,"name":"Net 15"},"documents":[],
        "details":[{"service_id":147,"service_name":"Air Freight","quantity":1,"rate":1650.00,"amount":1650},
        {"service_id":142,"service_name":"Brokerage","quantity":1,"rate":185,"amount":185}]}
        """;

    private const string Terms = """
        {"data":[{"id":12,"name":"Net 15","schema":[{"date_anchor":"date","days_offset":15,"percentage":100}]},
        {"id":13,"name":"Halves","schema":[{"date_anchor":"date","days_offset":0,"percentage":50},
        {"date_anchor":"date_order_placed","days_offset":45,"percentage":50}]}]}
        """;

    private PreviewApi api = null!;

    [SetUp]
    public async Task StartAsync() => api = await PreviewApi.StartAsync();

    [TearDown]
    public async Task StopAsync() => await api.DisposeAsync();

    [Test]
    public async Task Preview_OfAnUpdate_ShowsRequestChangesSumsAndDueDates()
    {
        api.Answer("bills/912", Bill);
        api.Answer("payment-terms", Terms);
        api.Answer(
            "vendors",
            """{"current_page":1,"last_page":1,"data":[{"id":66,"name":"Sierra Pack","code":"SPP"}]}"""
        );
        var result = await api.PreviewAsync(
            "bills_update",
            """
            "billId":912,"date":"2026-11-30","currency":"USD","vendor_id":"Sierra Pack","payment_term_id":12,
            "details":[{"service_id":147,"quantity":1,"rate":1650},{"service_id":142,"quantity":3,"rate":19.90}]
            """
        );
        AssertJson(
            PreviewApi.Of(result),
            $$"""
            {"method":"PUT","path":"/api/v1/companies/{companyUuid}/bills/{billId}",
            "parameters":{"companyUuid":"{{PreviewApi.Company}}","billId":912},
            "content_type":"application/json",
            "body":{"date":"2026-11-30","currency":"USD","vendor_id":66,"payment_term_id":12,
            "details":[{"service_id":147,"quantity":1,"rate":1650},{"service_id":142,"quantity":3,"rate":19.90}]},
            "names":[{"argument":"vendor_id","sent":"Sierra Pack","name":"Sierra Pack","value":66}],
            "changes":[{"member":"date","old":"2026-11-20","new":"2026-11-30"},
            {"member":"vendor_id","old":64,"old_name":"Great Basin","new":66,"new_name":"Sierra Pack"},
            {"member":"details",
            "old":[{"service_id":142,"service_id_name":"Brokerage","quantity":1,"rate":185}],
            "new":[{"service_id":142,"quantity":3,"rate":19.90}],"same_items":1}],
            "same":["currency","payment_term_id"],
            "lines":[{"quantity":1,"price":1650,"amount":1650},{"quantity":3,"price":19.90,"amount":59.70}],
            "total":1709.70,"currency":"USD",
            "due":[{"date":"2026-12-15","days":15,"after":"date","percent":100,"amount":1709.70}]}
            """
        );
        Assert.That(result.Text, Does.Contain("Preview: nothing was sent."));
        Assert.That(api.Writes, Is.Zero);
    }

    // The digits count, so the texts are compared and not the numbers.
    private static void AssertJson(JsonNode found, string expected) =>
        Assert.That(found.ToJsonString(), Is.EqualTo(JsonNode.Parse(expected)!.ToJsonString()));

    [Test]
    public async Task Preview_WithATermWhoseDatesAreKnownInPart_ShowsTheOthersWithoutADay()
    {
        api.Answer("bills/912", Bill);
        api.Answer("payment-terms", Terms);
        var due = PreviewApi.Of(await api.PreviewAsync("bills_update", """ "billId":912,"payment_term_id":13 """))[
            "due"
        ]!;
        // The day of the first part is that of the present record. Without lines, the amounts are unknown.
        AssertJson(
            due,
            """
            [{"date":"2026-11-20","days":0,"after":"date","percent":50},
            {"days":45,"after":"date_order_placed","percent":50}]
            """
        );
    }

    [Test]
    public async Task Preview_OfADeletion_ShowsTheRecordThatIsFoundInAList()
    {
        api.Answer("products", """{"current_page":1,"last_page":2,"data":[{"id":6101,"sku":"OTHER"}]}""");
        api.Answer(
            "products?id=6102&page=2&per_page=60",
            """{"current_page":2,"last_page":2,"data":[{"id":6102,"sku":"LANT","price":10.50}]}"""
        );
        var result = await api.PreviewAsync("deleteProduct", "\"productId\":6102");
        Assert.That(
            PreviewApi.Of(result)["record"]?.ToJsonString(),
            Is.EqualTo("""{"id":6102,"sku":"LANT","price":10.50}"""),
            string.Join(' ', api.Reads)
        );
        Assert.That(api.Writes, Is.Zero);
    }

    [Test]
    public async Task Preview_WhenTheRecordCannotBeRead_SaysSo()
    {
        api.Answer("bills/912", """{"message":"Gone"}""", 404);
        var result = await api.PreviewAsync("bills_update", """ "billId":912,"name":"x" """);
        Assert.That(PreviewApi.Of(result).ContainsKey("changes"), Is.False);
        Assert.That(result.IsError, Is.False);
        Assert.That(
            result.Text,
            Does.Contain("The present record is unknown: bills_read failed: NeonPanel answered 404. It says: Gone")
        );
    }

    [Test]
    public async Task Preview_WhenTheApiRejectsTheToken_MakesTheClientSignInAgain()
    {
        api.Answer("bills/912", "{}", 401);
        Assert.That(
            await api.StatusAsync("bills_update", """ "preview":true,"billId":912,"name":"x" """),
            Is.EqualTo(HttpStatusCode.Unauthorized)
        );
    }

    [Test]
    public async Task Preview_WithHiddenCharactersInTheRecord_ShowsThemAsCodePoints()
    {
        api.Answer("bills/912", """{"id":912,"name":"a\u202eb"}""");
        var result = await api.PreviewAsync("bills_update", """ "billId":912,"name":"x" """);
        Assert.That(PreviewApi.Of(result)["changes"]![0]!["old"]!.ToString(), Is.EqualTo("a[U+202E]b"));
        Assert.That(result.Text, Does.Contain("Hidden characters are shown"));
    }

    [TestCase("bills_update", """ "name":"x" """, "Argument 'billId'")]
    [TestCase("bills_create", """ "date":"30.11.2026" """, "Argument 'date'")]
    [TestCase("bills_create", """ "fields":"nope" """, "'nope'")]
    [TestCase("bills_create", """ "nam":"x" """, "'nam'")]
    [TestCase("createDocumentsByPdf", """ "type":"bill" """, "Argument 'file' is missing")]
    [TestCase("createDocumentsByPdf", """ "type":"bill","link":"http://x.example/a.pdf" """, "https")]
    [TestCase("deleteProduct", """ "productId":"a\u0000b" """, "Argument 'productId'")]
    public async Task Preview_OfAWrongCall_HasTheErrorOfTheCall(string tool, string arguments, string expected)
    {
        api.Answer("products", """{"current_page":1,"last_page":1,"data":[]}""");
        var (call, preview) = (await api.CallAsync(tool, arguments), await api.PreviewAsync(tool, arguments));
        Assert.That(preview.Text, Does.Contain(expected));
        Assert.That((preview.IsError, preview.Text), Is.EqualTo((true, call.Text)));
        Assert.That(api.Writes, Is.Zero);
    }

    [Test]
    public async Task Preview_BeforeAndAfterTheWrite_IsNeitherRememberedNorHeldBack()
    {
        const string arguments = "\"ref_number\":\"A-1\"";
        await api.PreviewAsync("bills_create", arguments);
        var first = await api.CallAsync("bills_create", arguments);
        Assert.That((first.IsError, api.Writes), Is.EqualTo((false, 1)));
        Assert.That(first.Text, Does.Not.Contain("Nothing was sent again"));
        var preview = await api.PreviewAsync("bills_create", arguments);
        AssertJson(PreviewApi.Of(preview)["body"]!, """{"ref_number":"A-1"}""");
        var repeat = await api.CallAsync("bills_create", "\"preview\":false," + arguments);
        Assert.That(repeat.Text, Does.Contain("Nothing was sent again"), "preview=false is the same call");
        Assert.That(api.Writes, Is.EqualTo(1));
    }

    [Test]
    public async Task Preview_OfAFile_ShowsNameTypeAndSize()
    {
        // "%PDF-1.4\n" has nine bytes.
        var result = await api.PreviewAsync(
            "createDocumentsByPdf",
            """ "type":"bill","file":{"name":"a.pdf","content":"JVBERi0xLjQK"} """
        );
        var preview = PreviewApi.Of(result);
        AssertJson(preview["body"]!, """{"file":"a.pdf","type":"application/pdf","bytes":9}""");
        Assert.That(preview["content_type"]!.ToString(), Is.EqualTo("application/pdf"));
    }

    [Test]
    public async Task Preview_WithExactNumbers_KeepsAllDigits()
    {
        var result = await api.PreviewAsync(
            "bills_create",
            """ "details":[{"service_id":1,"quantity":1000000000000,"rate":0.10},{"service_id":1,"quantity":3,"rate":0.001}] """
        );
        var preview = PreviewApi.Of(result);
        AssertJson(
            preview["lines"]!,
            """
            [{"quantity":1000000000000,"price":0.10,"amount":100000000000.00},
            {"quantity":3,"price":0.001,"amount":0.003}]
            """
        );
        Assert.That(preview["total"]!.ToJsonString(), Is.EqualTo("100000000000.003"));
    }

    [Test]
    public async Task Preview_OfLinesWithAnAmount_AddsTheAmounts()
    {
        var result = await api.PreviewAsync(
            "invoices_create",
            """ "ref_number":"A-1","currency":"CAD","details":[{"service_id":1,"quantity":5,"amount":10.5},{"service_id":1,"quantity":-1,"amount":-3}] """
        );
        var preview = PreviewApi.Of(result);
        AssertJson(preview["lines"]!, """[{"quantity":5,"amount":10.5},{"quantity":-1,"amount":-3}]""");
        Assert.That((preview["total"]!.ToJsonString(), preview["currency"]!.ToString()), Is.EqualTo(("7.5", "CAD")));
    }
}
