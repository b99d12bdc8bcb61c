using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Calls.Forms;

/// <summary>A company or an item that is not clear is asked for, if the client can show a form.</summary>
internal sealed class QuestionTests
{
    private const string OfPine = $"/api/v1/companies/{FormsApi.Pine}";
    private const string Lantern = $$"""{"companyUuid":"{{FormsApi.Pine}}","inventoryId":"Trail Lantern"}""";

    private FormsApi api = null!;
    private ProtectedServer server = null!;
    private FormClient client = null!;

    [SetUp]
    public async Task StartAsync()
    {
        api = new();
        server = await ProtectedServer.StartAsync(("Limits:CallsPerMinutePerUser", "100000"));
        server.Issuer.Api = api.AnswerAsync;
        client = new(server);
    }

    [TearDown]
    public async Task StopAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    [Test]
    public async Task Call_WithAnAmbiguousCompany_OffersTheCompanies()
    {
        var asked = await client.CallAsync("bills_list", """{"companyUuid":"acme"}""");
        Assert.That(asked.Forms!.Select(form => form.Key), Is.EqualTo(new[] { "companyUuid" }));
        Assert.That(
            asked.Forms!["companyUuid"]!["params"]!.ToJsonString(Relaxed),
            Is.EqualTo(
                """{"message":"List vendor bills: which company is 'acme'?","requestedSchema":{"type":"object","properties":{"name":"""
                    + $$"""{"type":"string","title":"Company","oneOf":[{"const":"{{FormsApi.Acme}}","title":"Acme (AC)"},"""
                    + $$"""{"const":"{{FormsApi.OtherAcme}}","title":"ACME (AM)"}]"""
                    + """}},"required":["name"]}}"""
            )
        );
        Assert.That(api.Sent, Is.Empty);
    }

    [TestCase(FormsApi.Acme)]
    [TestCase(FormsApi.OtherAcme)]
    public async Task Call_WithTheChosenCompany_IsSent(string company)
    {
        var asked = await client.CallAsync("bills_list", """{"companyUuid":"acme"}""");
        var done = await client.CallAsync(
            "bills_list",
            """{"companyUuid":"acme"}""",
            FormClient.Accept("companyUuid", company),
            asked.State
        );
        Assert.That(api.Sent, Is.EqualTo(new[] { $"GET /api/v1/companies/{company}/bills" }));
        Assert.That(done.Text, Does.Contain($"Company: {(company == FormsApi.Acme ? "Acme" : "ACME")}."));
    }

    // A choice needs no state: the client could have sent the value as the argument.
    [Test]
    public async Task Call_WithAChoiceWithoutState_IsSent()
    {
        await client.CallAsync(
            "bills_list",
            """{"companyUuid":"acme"}""",
            $$"""{"companyUuid":{"action":"accept","content":{"name":"{{FormsApi.Acme}}"} },"more":{"action":"accept"} }"""
        );
        Assert.That(api.Sent, Is.EqualTo(new[] { $"GET /api/v1/companies/{FormsApi.Acme}/bills" }));
    }

    [Test]
    public async Task Call_WithoutACompany_OffersAllOfTheUser()
    {
        var asked = await client.CallAsync("bills_list", "{}");
        var schema = asked.Forms!["companyUuid"]!["params"]!["requestedSchema"]!["properties"]!["name"]!;
        Assert.That(
            schema["oneOf"]!.AsArray().Select(option => (string?)option!["const"]),
            Is.EqualTo(new[] { FormsApi.Pine, FormsApi.Acme, FormsApi.OtherAcme })
        );
        await client.CallAsync("bills_list", "{}", FormClient.Accept("companyUuid", FormsApi.Pine), asked.State);
        Assert.That(api.Sent, Is.EqualTo(new[] { $"GET {OfPine}/bills" }));
    }

    [Test]
    public async Task Call_WithAnAmbiguousItem_IsSentWithTheChosenOne()
    {
        var asked = await client.CallAsync("getInventoryDetails", Lantern);
        var schema = asked.Forms!["inventoryId"]!["params"]!["requestedSchema"]!["properties"]!["name"]!;
        Assert.That(
            schema["oneOf"]!.ToJsonString(Relaxed),
            Is.EqualTo(
                """[{"const":"7404","title":"HP-LANT-01 (Trail Lantern, US, 7404)"},"""
                    + """{"const":"7512","title":"HP-LANT-02 (Trail Lantern, CA, 7512)"}]"""
            )
        );
        await client.CallAsync("getInventoryDetails", Lantern, FormClient.Accept("inventoryId", "7512"), asked.State);
        Assert.That(api.Sent, Is.EqualTo(new[] { $"GET {OfPine}/inventory-items/7512/balances" }));
    }

    // The company first, the item in it second, the confirmation last; each state carries the choices before.
    [Test]
    public async Task Write_WithTwoQuestions_IsConfirmedAfterThem()
    {
        const string Arguments = """{"inventoryId":"Trail Lantern"}""";
        const string Tool = "deleteInventoryItem";
        var first = await client.CallAsync(Tool, Arguments);
        Assert.That(first.Forms!.Single().Key, Is.EqualTo("companyUuid"));
        var second = await client.CallAsync(
            Tool,
            Arguments,
            FormClient.Accept("companyUuid", FormsApi.Pine),
            first.State
        );
        Assert.That(second.Forms!.Single().Key, Is.EqualTo("inventoryId"));
        var third = await client.CallAsync(Tool, Arguments, FormClient.Accept("inventoryId", "7512"), second.State);
        Assert.That(third.Forms!.Single().Key, Is.EqualTo("confirm"));
        Assert.That((string?)third.Forms!["confirm"]!["params"]!["message"], Does.Contain("7512"));
        Assert.That(api.Written, Is.Empty);
        await client.CallAsync(Tool, Arguments, FormClient.Accept(), third.State);
        Assert.That(api.Written, Is.EqualTo(new[] { $"DELETE {OfPine}/inventory-items/7512" }));
    }

    [TestCase("""{"companyUuid":{"action":"accept","content":{"name":"00000000-0000-0000-0000-000000000000"}}}""")]
    [TestCase("""{"companyUuid":{"action":"accept","content":{"name":7}}}""")]
    [TestCase("""{"companyUuid":{"action":"accept","content":{}}}""")]
    [TestCase("""{"companyUuid":{"action":"accept"}}""")]
    [TestCase("{}")]
    public async Task Call_WithAChoiceThatWasNotOffered_AsksAgain(string answers)
    {
        var asked = await client.CallAsync("bills_list", """{"companyUuid":"acme"}""");
        var again = await client.CallAsync("bills_list", """{"companyUuid":"acme"}""", answers, asked.State);
        Assert.That(again.Forms!.Single().Key, Is.EqualTo("companyUuid"));
        Assert.That(api.Sent, Is.Empty);
    }

    [Test]
    public async Task Call_WhoseQuestionIsDeclined_SendsNothing()
    {
        var asked = await client.CallAsync("bills_list", """{"companyUuid":"acme"}""");
        var refused = await client.CallAsync(
            "bills_list",
            """{"companyUuid":"acme"}""",
            """{"companyUuid":{"action":"decline"}}""",
            asked.State
        );
        Assert.That(
            refused.Text,
            Is.EqualTo(
                "bills_list was not called: the user declined the form. Nothing was sent. Ask the user what to do instead."
            )
        );
        Assert.That(api.Sent, Is.Empty);
    }

    [Test]
    public async Task Call_WithAnotherFaultToo_IsRefusedWithBoth()
    {
        var refused = await client.CallAsync(
            "listCompaniesWithPermission",
            """{"permission":"x","company_uuids":["acme","nobody"]}"""
        );
        Assert.That(
            refused.Text,
            Does.Contain("'/company_uuids/0' is the name of 2").And.Contain("'/company_uuids/1' must be")
        );
    }

    [Test]
    public async Task Call_WithTwoAmbiguousNames_AsksForBothAtOnce()
    {
        api.Items =
            api.Items.Replace(']', ',')
            + """
                {"id":1,"sku":"S1","asin":"B3","fnsku":"X3","name":"Stove","country_code":"US"},
                {"id":2,"sku":"S2","asin":"B4","fnsku":"X4","name":"Stove","country_code":"CA"}]
                """;
        var asked = await client.CallAsync(
            "adjustments_create",
            $$"""
            {"companyUuid":"{{FormsApi.Pine}}","ref_number":"A","details":[
             {"inventory_id":"Trail Lantern","service_id":1,"quantity":1,"rate":1},
             {"inventory_id":"Stove","service_id":1,"quantity":1,"rate":1}]}
            """
        );
        Assert.That(
            asked.Forms!.Select(form => form.Key),
            Is.EqualTo(new[] { "/details/0/inventory_id", "/details/1/inventory_id" })
        );
    }

    [TestCase(25, true)]
    [TestCase(26, false)]
    public async Task Call_WithManyCandidates_IsRefusedAsBefore(int count, bool isAsked)
    {
        var rows = Enumerable
            .Range(1, count)
            .Select(id =>
                $$"""{"id":{{id}},"sku":"S{{id}}","asin":"B","fnsku":"X","name":"Lamp","country_code":"US"}"""
            );
        api.Items = $"[{string.Join(',', rows)}]";
        var asked = await client.CallAsync(
            "getInventoryDetails",
            $$"""{"companyUuid":"{{FormsApi.Pine}}","inventoryId":"Lamp"}"""
        );
        Assert.That(asked.Forms is not null, Is.EqualTo(isAsked));
    }

    [Test]
    public async Task Form_OfARecordWithHiddenCharacters_ShowsThem()
    {
        api.Items = api.Items.Replace("US", "U\u202ES");
        var asked = await client.CallAsync("getInventoryDetails", Lantern);
        Assert.That(asked.Body, Does.Contain("U[U+202E]S").And.Not.Contain("\u202E"));
    }

    [Test]
    public async Task Call_OfAClientWithoutForms_IsRefusedWithTheCandidates()
    {
        using var plain = new FormClient(server, "{}");
        var refused = await plain.CallAsync("bills_list", """{"companyUuid":"acme"}""");
        Assert.That(
            refused.Text,
            Is.EqualTo(
                "bills_list was not called:\nArgument 'companyUuid' is the name of 2: "
                    + $"'Acme' (AC, {FormsApi.Acme}), 'ACME' (AM, {FormsApi.OtherAcme}). Send the uuid of the intended one."
            )
        );
    }

    private static System.Text.Json.JsonSerializerOptions Relaxed { get; } =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
