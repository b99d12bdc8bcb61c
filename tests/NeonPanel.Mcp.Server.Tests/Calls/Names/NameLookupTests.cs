using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;

namespace NeonPanel.Mcp.Server.Tests.Calls.Names;

/// <summary>A company is understood by what people call it, with the caller's own rights.</summary>
internal sealed class NameLookupTests
{
    private const string Pine = "7c1e4b52-93af-4d06-8b1a-5e20c7d94f31";
    private const string Acme = "e0a95d1c-2b78-4f43-a6d9-81c3f57b206e";
    private const string OtherAcme = "0b5dd8a7-61f2-4a0c-8a71-1f7f5ac2e0d3";
    private const string Companies = "/api/v1/companies";

    private readonly FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());
    private StrictUpstream server = null!;
    private string token = null!;
    private RpcClient client = null!;

    [OneTimeSetUp]
    public async Task StartAsync() =>
        server = await StrictUpstream.StartAsync(services => services.AddSingleton<TimeProvider>(clock), []);

    [OneTimeTearDown]
    public async Task StopAsync() => await server.DisposeAsync();

    // Another user each time, for whom nothing is kept.
    [SetUp]
    public void Arrive()
    {
        // A token is valid from now on, which on a slow machine is later than the start of the clock.
        clock.Advance(TimeSpan.FromTicks(Math.Max(0, (TimeProvider.System.GetUtcNow() - clock.GetUtcNow()).Ticks)));
        token = server.TokenOf(TestContext.CurrentContext.Test.ID);
        client = new(server.Address, token);
        server.Upstream.Reset();
        Page(
            1,
            last: 2,
            $$"""{"id":214,"uuid":"{{Pine}}","name":"Harbor & Pine  Outfitters LLC","short_name":"HPO"},{"id":"x","uuid":null,"name":"No uuid"}"""
        );
        Page(
            2,
            last: 2,
            $$"""{"id":387,"uuid":"{{Acme}}","name":"Acme","short_name":null},{"id":388,"uuid":"{{OtherAcme}}","name":"ACME","short_name":"HpO"}"""
        );
        server.Upstream.Given(Request.Create().WithPath($"{Companies}/*/bills")).RespondWith(Json("{}"));
        server.Upstream.Given(Request.Create().WithPath("/api/v1/permissions/x/companies")).RespondWith(Json("{}"));
    }

    [TearDown]
    public void Leave() => client.Dispose();

    [TestCase("\"Harbor & Pine Outfitters LLC\"", Pine)]
    [TestCase("\"harbor &  p\"", Pine)]
    [TestCase("\" harbor & PINE outfitters llc \"", Pine)]
    [TestCase("\"HPO\"", Pine)]
    [TestCase("\"214\"", Pine)]
    [TestCase("214", Pine)]
    [TestCase("\"Acme\"", Acme)]
    [TestCase("\"ACME\"", OtherAcme)]
    public async Task CallTool_NameOfACompany_IsSentAsItsUuidWithAReceipt(string company, string uuid)
    {
        var result = await CallAsync("bills_list", $$"""{"companyUuid":{{company}}}""");
        Assert.That((bool)result["isError"]!, Is.False);
        Assert.That(
            Sent(),
            Is.EqualTo(
                new[]
                {
                    $"{Companies}?page=1&per_page=60",
                    $"{Companies}?page=2&per_page=60",
                    $"{Companies}/{uuid}/bills",
                }
            )
        );
        var name = uuid == Pine ? "Harbor & Pine Outfitters LLC" : company.Trim('"');
        Assert.That((string)result["content"]![1]!["text"]!, Does.EndWith($"Company: {name}."));
        Assert.That(
            server.Upstream.LogEntries.Select(entry => entry.RequestMessage!.Headers!["Authorization"].Single()),
            Is.All.EqualTo("Bearer " + token)
        );
    }

    // As the record has it, and as people write it.
    [TestCase("Novo A/S", "Novo A/S")]
    [TestCase("50% Off", "50% Off")]
    [TestCase("50%25 Off", "50%25 Off")]
    [TestCase("A&B #1", "A&B #1")]
    [TestCase("What? + More = 100%", "What? + More = 100%")]
    [TestCase("The \"Best\" & 'Rest'", "the \"best\" & 'rest'")]
    [TestCase("Acme\nGmbH\t& Co.", "Acme\nGmbH\t& Co.")]
    [TestCase("Acme\r\nGmbH", "Acme GmbH")]
    [TestCase("<Ünïcødé> 😀 {x}", "<Ünïcødé> 😀 {x}")]
    [TestCase("e\u0301clair; v2.0", "\u00e9clair; v2.0")]
    public async Task CallTool_NameWithOddCharacters_IsFound(string known, string sent)
    {
        KnowOnly(known);
        await CallAsync("bills_list", $$"""{"companyUuid":{{JsonSerializer.Serialize(sent)}}}""");
        Assert.That(Sent(), Is.EqualTo(new[] { $"{Companies}?page=1&per_page=60", $"{Companies}/{Pine}/bills" }));
    }

    [TestCase("Novo A/S")]
    [TestCase("A&B #1\nB")]
    public async Task CallTool_NameWithOddCharactersThatIsNear_IsToldAsItIs(string known)
    {
        KnowOnly(known);
        var text = await RefusedAsync(JsonSerializer.Serialize(known + "x"));
        Assert.That(text, Does.Contain($"Did you mean '{known.Replace('\n', ' ')}' ({Pine})?"));
    }

    [Test]
    public async Task CallTool_Uuid_PassesUntouchedWithoutALookup()
    {
        var result = await CallAsync("bills_list", $$"""{"companyUuid":"{{Pine}}"}""");
        Assert.That(Sent(), Is.EqualTo(new[] { $"{Companies}/{Pine}/bills" }));
        Assert.That(result["content"]!.AsArray(), Has.Count.EqualTo(1), "nothing to tell");
    }

    [Test]
    public async Task CallTool_ListOfNamesAndUuids_IsReadItemByItem()
    {
        await CallAsync("listCompaniesWithPermission", $$"""{"permission":"x","company_uuids":["{{Acme}}","HPO"]}""");
        Assert.That(
            Sent()[^1],
            Is.EqualTo($"/api/v1/permissions/x/companies?company_uuids={Acme}&company_uuids={Pine}")
        );
    }

    [Test]
    public async Task CallTool_NameOfSeveral_IsAnsweredWithThem()
    {
        var text = await RefusedAsync("\"acme\"");
        Assert.That(
            text,
            Is.EqualTo(
                "bills_list was not called:\nArgument 'companyUuid' is the name of 2: "
                    + $"'Acme' ({Acme}), 'ACME' (HpO, {OtherAcme}). Send the uuid of the intended one."
            )
        );
    }

    [TestCase("\"Pine Outfitters\"", "Did you mean 'Harbor & Pine Outfitters LLC' (HPO, " + Pine + ")?")]
    [TestCase("\"Harbour & Pin Outfiters LLC\"", "Did you mean 'Harbor & Pine Outfitters LLC' (HPO, " + Pine + ")?")]
    [TestCase(
        "\"Nobody knows it\"",
        "There are 'Harbor & Pine Outfitters LLC' (HPO, "
            + Pine
            + "), 'Acme' ("
            + Acme
            + "), 'ACME' (HpO, "
            + OtherAcme
            + ")."
    )]
    public async Task CallTool_UnknownName_IsAnsweredWithTheNearestAndNeverWithWhatWasSent(
        string company,
        string expected
    )
    {
        var text = await RefusedAsync(company);
        Assert.That(
            text,
            Does.StartWith(
                    "bills_list was not called:\nArgument 'companyUuid' must be a uuid from listCompanies, or a name or short_name or id from there, but is none of them. "
                )
                .And.EndsWith(expected)
                .And.Not.Contains(company.Trim('"') + "'")
        );
    }

    [Test]
    public async Task CallTool_NamesWithinFiveMinutes_AreAskedForOnceForEachUser()
    {
        await CallAsync("bills_list", """{"companyUuid":"HPO"}""");
        await RefusedAsync("\"unknown\"");
        clock.Advance(TimeSpan.FromSeconds(299));
        await CallAsync("bills_list", """{"companyUuid":"Acme"}""");
        Assert.That(Lookups(), Is.EqualTo(1));
        using var other = new RpcClient(server.Address, server.TokenOf("somebody-else"));
        await CallAsync("bills_list", """{"companyUuid":"Acme"}""", other);
        Assert.That(Lookups(), Is.EqualTo(2));
        clock.Advance(TimeSpan.FromSeconds(2));
        await CallAsync("bills_list", """{"companyUuid":"Acme"}""");
        Assert.That(Lookups(), Is.EqualTo(3));
    }

    // The API knows which client a token was issued to; names that it tells one client are not told to another.
    [Test]
    public async Task CallTool_AnotherClientOfTheUser_IsToldNoNameThatTheApiKeepsFromIt()
    {
        await CallAsync("bills_list", """{"companyUuid":"HPO"}""");
        var otherToken = server.TokenOf(TestContext.CurrentContext.Test.ID, "another-client");
        server
            .Upstream.Given(Request.Create().WithPath(Companies).WithHeader("Authorization", "Bearer " + otherToken))
            .AtPriority(-1)
            .RespondWith(Response.Create().WithStatusCode(403).WithBody("{}"));
        using var other = new RpcClient(server.Address, otherToken);
        foreach (var name in (string[])["HPO", "x"])
        {
            var result = await CallAsync("bills_list", $$"""{"companyUuid":"{{name}}"}""", other);
            Assert.That(
                (string)result["content"]![0]!["text"]!,
                Does.Contain("answered 403").And.Not.Contain("Harbor").And.Not.Contain(Pine)
            );
        }

        Assert.That(Bills(), Is.EqualTo(1));
    }

    [Test]
    public async Task CallTool_ManyAtOnce_AskOnce()
    {
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => CallAsync("bills_list", """{"companyUuid":"HPO"}""")));
        Assert.That(Lookups(), Is.EqualTo(1));
        Assert.That(Bills(), Is.EqualTo(10));
    }

    [Test]
    public async Task CallTool_LookupThatIsRefused_IsToldAndKeptForTwoSeconds()
    {
        server
            .Upstream.Given(Request.Create().WithPath(Companies))
            .AtPriority(-1)
            .RespondWith(Response.Create().WithStatusCode(401).WithBody("{}"));
        const string hpo = """{"companyUuid":"HPO"}""";
        var answer = await PostAsync("bills_list", hpo, client);
        Assert.That(
            (answer.Status, answer.Headers["WWW-Authenticate"]),
            Is.EqualTo((401, (string?)answer.Message!["error"]!["data"]!["_meta"]!["mcp/www_authenticate"]![0]))
        );
        Assert.That(
            (string)answer.Message["error"]!["message"]!,
            Does.StartWith(
                "bills_list was not called: 'companyUuid' holds a name, and names could not be looked up. listCompanies failed: NeonPanel answered 401."
            )
        );
        await PostAsync("bills_list", hpo, client);
        clock.Advance(TimeSpan.FromSeconds(1.9));
        await PostAsync("bills_list", hpo, client);
        Assert.That(Sent(), Has.Length.EqualTo(1));
        clock.Advance(TimeSpan.FromSeconds(0.1));
        await PostAsync("bills_list", hpo, client);
        Assert.That(Sent(), Has.Length.EqualTo(2).And.All.StartsWith(Companies + "?"));
    }

    [TestCase("{\"data\":")]
    public async Task CallTool_LookupThatAnswersNonsense_IsToldAndNothingIsCalled(string body)
    {
        server.Upstream.Given(Request.Create().WithPath(Companies)).AtPriority(-1).RespondWith(Json(body));
        Assert.That(await RefusedAsync("\"HPO\""), Does.EndWith("listCompanies answered with invalid JSON."));
    }

    // It would be sent as another value than the API has.
    [Test]
    public async Task CallTool_LookupOfABrokenValue_DoesNotUseIt()
    {
        server
            .Upstream.Given(Request.Create().WithPath(Companies))
            .AtPriority(-1)
            .RespondWith(Json("""{"data":[{"uuid":"\ud800","name":"HPO"}]}"""));
        Assert.That(await RefusedAsync("\"HPO\""), Does.Contain("but is none of"));
    }

    [Test]
    public async Task CallTool_LookupThatAnswersTooMuch_IsToldToSendTheUuid()
    {
        server
            .Upstream.Given(Request.Create().WithPath(Companies))
            .AtPriority(-1)
            .RespondWith(Json($$"""{"data":[{"name":"{{new string('x', 1024 * 1024)}}"}]}"""));
        Assert.That(
            await RefusedAsync("\"HPO\""),
            Does.EndWith("listCompanies returned more than can be searched; send the uuid itself.")
        );
    }

    [Test]
    public async Task CallTool_PagesWithoutEnd_EndAtTwenty()
    {
        server
            .Upstream.Given(Request.Create().WithPath(Companies))
            .AtPriority(-1)
            .RespondWith(Json($$"""{"last_page":1000000,"data":[{"uuid":"{{Acme}}","name":"Acme"}]}"""));
        Assert.That(await RefusedAsync("\"HPO\""), Does.Contain("but is none of the first 20."));
        Assert.That(Sent(), Has.Length.EqualTo(20));
    }

    [TestCase("\"a\\\\b\"", "holds a backslash")]
    [TestCase("\"%2e%2e\"", "is or holds a dot segment once it is decoded")]
    [TestCase("\"../b\"", "is or holds a dot segment")]
    [TestCase("\"..\"", "is or holds a dot segment")]
    [TestCase("\"a\\r\\nb\"", "holds a control character")]
    public async Task CallTool_WhatCannotBeAName_AsksNobody(string company, string fault)
    {
        var result = await CallAsync("bills_list", $$"""{"companyUuid":{{company}}}""");
        Assert.That((string)result["content"]![0]!["text"]!, Does.EndWith($", but {fault}."));
        Assert.That(Sent(), Is.Empty);
    }

    [Test]
    public async Task CallTool_MoreThanAHundredNames_AsksNobody()
    {
        var names = string.Join(',', Enumerable.Range(0, 101).Select(index => $"\"{index}\",\"{index}\""));
        var result = await CallAsync(
            "listCompaniesWithPermission",
            $$"""{"permission":"x","company_uuids":[{{names}}]}"""
        );
        Assert.That(
            (string)result["content"]![0]!["text"]!,
            Is.EqualTo(
                "listCompaniesWithPermission was not called:\nArgument 'company_uuids' must hold at most 100 different names, but holds more among its 202 items. "
                    + "Send the uuid of each, as listCompanies returns it, or send the names in several calls."
            )
        );
        Assert.That(Sent(), Is.Empty);
    }

    // Uuids are no names, and a name that comes again is no other name.
    [Test]
    public async Task CallTool_AHundredNames_AreLookedUp()
    {
        var uuids = string.Join(',', Enumerable.Repeat($"\"{Acme}\",\"HPO\"", 50));
        var names = string.Join(',', Enumerable.Range(1000, 99).Select(index => $"\"{index}\""));
        var result = await CallAsync(
            "listCompaniesWithPermission",
            $$"""{"permission":"x","company_uuids":[{{uuids}},{{names}}]}"""
        );
        Assert.That(
            (string)result["content"]![0]!["text"]!,
            Does.Contain("but is none of them.").And.EndsWith("… and 79 more.")
        );
        Assert.That(Lookups(), Is.EqualTo(1));
    }

    [Test]
    public async Task CallTool_ManyTextsThatCannotBeNames_AreCountedToAHundred()
    {
        var texts = string.Join(',', Enumerable.Range(0, 1000).Select(index => $"\"../{index}\""));
        var result = await CallAsync(
            "listCompaniesWithPermission",
            $$"""{"permission":"x","company_uuids":[{{texts}}]}"""
        );
        Assert.That(
            (string)result["content"]![0]!["text"]!,
            Does.Contain("is or holds a dot segment").And.EndsWith("… and at least 80 more.")
        );
        Assert.That(Sent(), Is.Empty);
    }

    // A lone surrogate is no name, and the arguments may come as a text.
    [TestCase("""{"companyUuid":"\ud800"}""", "valid Unicode")]
    [TestCase("""[1]""", "The arguments must be an object, but is an array.")]
    public async Task CallTool_ArgumentsOfAnotherKind_AreToldClearly(string arguments, string expected)
    {
        var answer = await PostAsync("bills_list", arguments, client);
        Assert.That(
            answer.Json,
            Does.Contain(expected.Replace("'", "\\u0027", StringComparison.Ordinal)).Or.Contain(expected)
        );
        Assert.That(Sent(), Is.Empty);
    }

    private async Task<string> RefusedAsync(string company)
    {
        var before = Bills();
        var result = await CallAsync("bills_list", $$"""{"companyUuid":{{company}}}""");
        Assert.That((bool)result["isError"]!, Is.True);
        Assert.That(Bills(), Is.EqualTo(before));
        return (string)result["content"]![0]!["text"]!;
    }

    private async Task<JsonNode> CallAsync(string tool, string arguments, RpcClient? by = null) =>
        (await PostAsync(tool, arguments, by ?? client)).Result;

    private static Task<RpcAnswer> PostAsync(string tool, string arguments, RpcClient by) =>
        by.PostAsync(
            "/mcp",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\""
                + tool
                + "\",\"arguments\":"
                + arguments
                + "}}",
            ("Accept", "application/json")
        );

    private string[] Sent() =>
        [.. server.Upstream.LogEntries.Select(entry => new Uri(entry.RequestMessage!.Url!).PathAndQuery)];

    private int Bills() => Sent().Count(path => path.EndsWith("/bills", StringComparison.Ordinal));

    private int Lookups() => Sent().Count(path => path.StartsWith(Companies + "?page=1&", StringComparison.Ordinal));

    private void KnowOnly(string name) =>
        server
            .Upstream.Given(Request.Create().UsingGet().WithPath(Companies))
            .AtPriority(-1)
            .RespondWith(Json($$"""{"data":[{"uuid":"{{Pine}}","name":{{JsonSerializer.Serialize(name)}}}]}"""));

    private void Page(int page, int last, string items) =>
        server
            .Upstream.Given(Request.Create().UsingGet().WithPath(Companies).WithParam("page", $"{page}"))
            .RespondWith(Json($$"""{"current_page":{{page}},"last_page":{{last}},"data":[{{items}}]}"""));

    private static IResponseBuilder Json(string body) =>
        Response.Create().WithHeader("Content-Type", "application/json").WithBody(body);
}
