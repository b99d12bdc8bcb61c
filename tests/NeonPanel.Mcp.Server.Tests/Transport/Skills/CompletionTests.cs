using System.Text.Json.Nodes;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;

namespace NeonPanel.Mcp.Server.Tests.Transport.Skills;

/// <summary>Names for the arguments of prompts (MCP 2025-11-25 and 2026-07-28, Completion).</summary>
internal sealed class CompletionTests
{
    private const string Pine = "7c1e4b52-93af-4d06-8b1a-5e20c7d94f31";
    private const string Acme = "e0a95d1c-2b78-4f43-a6d9-81c3f57b206e";
    private const string Companies = "/api/v1/companies";
    private const string OfPine = $"{Companies}/{Pine}";
    private const string OfAcme = $"{Companies}/{Acme}";
    private const string Explain = "explain-landed-cost";
    private const string Find = "find-what-runs-out";

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
            $$"""{"id":387,"uuid":"{{Acme}}","name":"Acme of the Harbor","short_name":null}"""
        );
        List($"{OfPine}/vendors", """{"id":64,"name":"Great Basin Freight","code":"GBF"}""");
        List(
            $"{OfAcme}/vendors",
            """{"id":70,"name":"Basin Bros","code":null}""",
            """{"id":71,"name":"Zed","code":"BAZ"}"""
        );
        List($"{OfPine}/warehouses", """{"uuid":"5f0a7c11-2d3e-4b58-9a6f-70c1d2e3f405","name":"Reno 3PL"}""");
        List($"{OfAcme}/warehouses");
    }

    [TearDown]
    public void Leave() => client.Dispose();

    [TestCase("company", "", null, "Acme of the Harbor|Harbor & Pine")]
    [TestCase("company", "harb", null, "Harbor & Pine|Acme of the Harbor", Description = "beginning before inside")]
    [TestCase("company", "hpo", null, "HPO", Description = "the name that begins so")]
    [TestCase("company", "  HARBOR   & ", null, "Harbor & Pine")]
    [TestCase("company", "nobody", null, "")]
    [TestCase("warehouse", "re", "HPO", "Reno 3PL")]
    [TestCase("warehouse", "re", Pine, "Reno 3PL", Description = "the value itself")]
    [TestCase("warehouse", "re", "Acme of the Harbor", "")]
    [TestCase("warehouse", "re", "Nobody Inc", "")]
    [TestCase("warehouse", "re", " ", "Reno 3PL", Description = "a blank choice is none")]
    [TestCase("warehouse", "", null, "Reno 3PL")]
    public async Task Complete_ByName_GivesWhatTheUserMayUse(
        string argument,
        string typed,
        string? company,
        string expected
    )
    {
        foreach (var revision in new[] { "2025-06-18", "2025-11-25", RpcClient.PerRequest })
        {
            var result = (await CompleteAsync(revision, Explain, argument, typed, company)).Result;
            Assert.That(ValuesOf(result), Is.EqualTo(expected));
            Assert.That(
                ((int?)result["completion"]!["total"], (bool?)result["completion"]!["hasMore"]),
                Is.EqualTo(((int?)expected.Split('|', StringSplitOptions.RemoveEmptyEntries).Length, (bool?)false))
            );
        }
    }

    // 'BAZ' is a code. 'GBF' neither begins with the text nor contains it.
    [Test]
    public async Task Complete_WithoutACompany_LooksInThoseOfTheUser()
    {
        var result = (await CompleteAsync("2025-11-25", Find, "vendor", "ba", null)).Result;
        Assert.That(ValuesOf(result), Is.EqualTo("Basin Bros|BAZ|Great Basin Freight"));
    }

    [Test]
    public async Task Complete_WithTheChosenCompany_ReadsNoOther()
    {
        var result = (await CompleteAsync("2025-11-25", Find, "vendor", "", "HPO")).Result;
        Assert.That(ValuesOf(result), Is.EqualTo("Great Basin Freight"));
        Assert.That(Paths(), Is.EqualTo(new[] { Companies, $"{OfPine}/vendors" }));
    }

    [Test]
    public async Task Complete_OfItems_SearchesWithWhatWasTyped()
    {
        server
            .Upstream.Given(Request.Create().WithPath($"{OfPine}/inventory-items").WithParam("search", "lant"))
            .RespondWith(
                Json(
                    """{"data":[{"id":1,"sku":"HP-LANT-01","name":"Trail Lantern"},{"id":2,"sku":"LANT-2","name":"Lantern"}],"current_page":1,"last_page":1}"""
                )
            );
        var result = (await CompleteAsync("2025-11-25", Explain, "item", "lant", "HPO")).Result;
        Assert.That(ValuesOf(result), Is.EqualTo("LANT-2|HP-LANT-01"));
    }

    [TestCase(100, false)]
    [TestCase(101, true)]
    public async Task Complete_OfManyNames_GivesAHundredAndTheTotal(int count, bool hasMore)
    {
        List(
            $"{OfPine}/vendors",
            [.. Enumerable.Range(1, count).Select(number => $$"""{"id":{{number}},"name":"Vendor {{number:000}}"}""")]
        );
        var completion = (await CompleteAsync("2025-11-25", Find, "vendor", "vend", "HPO")).Result["completion"]!;
        Assert.That(completion["values"]!.AsArray(), Has.Count.EqualTo(100));
        Assert.That(
            ((int)completion["total"]!, (bool)completion["hasMore"]!, (string?)completion["values"]![99]),
            Is.EqualTo((count, hasMore, "Vendor 100"))
        );
    }

    [Test]
    public async Task Complete_OfAListThatIsNotReadToItsEnd_HasNoTotal()
    {
        server
            .Upstream.Given(Request.Create().WithPath($"{OfPine}/inventory-items"))
            .RespondWith(Json("""{"data":[{"id":1,"sku":"A-1","name":"One"}],"current_page":1,"last_page":9}"""));
        var completion = (await CompleteAsync("2025-11-25", Explain, "item", "", "HPO")).Result["completion"]!;
        Assert.That((completion["total"], (bool)completion["hasMore"]!), Is.EqualTo(((JsonNode?)null, true)));
        Assert.That(Paths().Count(path => path.EndsWith("inventory-items", StringComparison.Ordinal)), Is.EqualTo(2));
    }

    [Test]
    public async Task Complete_OfSomethingUnknown_IsRefusedWithWhatThereIs(
        [Values("2025-11-25", RpcClient.PerRequest)] string revision
    )
    {
        foreach (
            var (reference, argument, expected) in new (JsonObject, string, string)[]
            {
                (Prompt("none"), "company", "There is no prompt 'none' here; prompts/list names the available ones."),
                (
                    Prompt(Explain),
                    "vendor",
                    "The prompt 'explain-landed-cost' has no argument 'vendor'; it has company, item, warehouse."
                ),
                (
                    new() { ["type"] = "ref/resource", ["uri"] = "x://{y}" },
                    "y",
                    "There is no resource template 'x://{y}' here; the server has none."
                ),
            }
        )
        {
            var answer = await client.SendAsync(
                "/mcp",
                revision,
                "completion/complete",
                Parameters(reference, argument, "")
            );
            Assert.That(
                (answer.ErrorCode, (string?)answer.Message!["error"]!["message"]),
                Is.EqualTo(((int?)-32602, expected))
            );
        }

        Assert.That(Paths(), Is.Empty);
    }

    [Test]
    public async Task Complete_WithoutAToken_IsChallenged()
    {
        using var nobody = new RpcClient(server.Address, null);
        var answer = await nobody.SendAsync(
            "/mcp",
            "2025-11-25",
            "completion/complete",
            Parameters(Prompt(Explain), "company", "")
        );
        Assert.That(answer.Status, Is.EqualTo(401));
    }

    [Test]
    public async Task Complete_WhereTheApiRejectsTheToken_IsChallenged()
    {
        server.Upstream.Reset();
        server
            .Upstream.Given(Request.Create())
            .RespondWith(Response.Create().WithStatusCode(401).WithBody("""{"message":"Unauthenticated."}"""));
        var answer = await CompleteAsync("2025-11-25", Explain, "company", "", null);
        Assert.That(answer.Status, Is.EqualTo(401));
        Assert.That(answer.Headers["WWW-Authenticate"], Does.Contain("error=\"invalid_token\""));
    }

    [Test]
    public async Task Complete_WhereTheApiFails_IsAnErrorWithItsSentence()
    {
        server.Upstream.Reset();
        server.Upstream.Given(Request.Create()).RespondWith(Response.Create().WithStatusCode(403));
        var answer = await CompleteAsync("2025-11-25", Explain, "company", "", null);
        Assert.That(answer.ErrorCode, Is.EqualTo(-32603));
        Assert.That((string?)answer.Message!["error"]!["message"], Does.Contain("listCompanies").And.Contain("403"));
    }

    [Test]
    public async Task Completions_AreAnnouncedWhereTheyWorkAndCostNothingUntilThen()
    {
        foreach (var (path, expected) in new[] { ("/mcp", true), ("/mcp/account", false) })
        {
            var greeting = await client.PostAsync(path, SseStream.Initialize);
            var discovered = await client.SendAsync(path, RpcClient.PerRequest, "server/discover");
            foreach (var answer in new[] { greeting, discovered })
            {
                Assert.That(answer.Result["capabilities"]!.AsObject().ContainsKey("completions"), Is.EqualTo(expected));
            }

            var parameters = Parameters(Prompt(Explain), "company", "");
            var asked = await client.SendAsync(path, "2025-11-25", "completion/complete", parameters);
            Assert.That(asked.ErrorCode, Is.EqualTo(expected ? null : -32601));
        }

        server.Upstream.ResetLogEntries();
        await client.SendAsync("/mcp", "2025-11-25", "prompts/list");
        await client.SendAsync("/mcp", "2025-11-25", "prompts/get", new() { ["name"] = Explain });
        Assert.That(Paths(), Is.Empty);
    }

    [Test]
    public async Task Complete_Twice_ReadsTheListOnce()
    {
        await CompleteAsync("2025-11-25", Explain, "company", "h", null);
        await CompleteAsync("2025-11-25", Explain, "company", "ha", null);
        Assert.That(Paths(), Is.EqualTo(new[] { Companies }));
    }

    [TestCase(HttpTransportMode.StreamableHttp, "2025-11-25")]
    [TestCase(HttpTransportMode.StreamableHttp, RpcClient.PerRequest)]
    [TestCase(HttpTransportMode.Sse, "2024-11-05")]
    public async Task Complete_ByTheSdksClient_GivesNamesOfTheChosenCompany(HttpTransportMode mode, string revision)
    {
        await using var real = await McpClient.CreateAsync(
            new HttpClientTransport(
                new()
                {
                    Endpoint = new(server.Address, mode == HttpTransportMode.Sse ? "/sse" : "/mcp"),
                    TransportMode = mode,
                    AdditionalHeaders = new Dictionary<string, string>
                    {
                        ["Authorization"] = "Bearer " + server.TokenOf("sdk"),
                    },
                }
            ),
            new() { ProtocolVersion = revision }
        );
        Assert.That(real.ServerCapabilities.Completions, Is.Not.Null);
        var prompts = await real.ListPromptsAsync();
        Assert.That(
            prompts.ToDictionary(
                prompt => prompt.Name,
                prompt => string.Join(' ', (prompt.ProtocolPrompt.Arguments ?? []).Select(argument => argument.Name))
            ),
            Is.EquivalentTo(
                new Dictionary<string, string>
                {
                    ["close-a-month"] = "company",
                    ["enter-bill-from-pdf"] = "company",
                    [Explain] = "company item warehouse",
                    [Find] = "company vendor",
                    ["list-what-we-owe"] = "company",
                }
            )
        );
        var found = await real.CompleteAsync(
            new CompleteRequestParams
            {
                Ref = new PromptReference { Name = Find },
                Argument = new() { Name = "vendor", Value = "great" },
                Context = new() { Arguments = new Dictionary<string, string> { ["company"] = "HPO" } },
            }
        );
        Assert.That(found.Completion.Values, Is.EqualTo(new[] { "Great Basin Freight" }));
    }

    private Task<RpcAnswer> CompleteAsync(
        string revision,
        string prompt,
        string argument,
        string typed,
        string? company
    )
    {
        var parameters = Parameters(Prompt(prompt), argument, typed);
        if (company is not null)
        {
            parameters["context"] = new JsonObject { ["arguments"] = new JsonObject { ["company"] = company } };
        }

        return client.SendAsync("/mcp", revision, "completion/complete", parameters);
    }

    private static JsonObject Prompt(string name) => new() { ["type"] = "ref/prompt", ["name"] = name };

    private static JsonObject Parameters(JsonObject reference, string argument, string typed) =>
        new()
        {
            ["ref"] = reference.DeepClone(),
            ["argument"] = new JsonObject { ["name"] = argument, ["value"] = typed },
        };

    private static string ValuesOf(JsonNode result) =>
        string.Join('|', result["completion"]!["values"]!.AsArray().Select(value => (string?)value));

    private string[] Paths() => [.. server.Upstream.LogEntries.Select(entry => entry.RequestMessage!.Path)];

    private void List(string path, params string[] items) =>
        server
            .Upstream.Given(Request.Create().WithPath(path))
            .RespondWith(
                Json("{\"data\":[" + string.Join(',', items) + "],\"current_page\":1,\"last_page\":1,\"per_page\":60}")
            );

    private static IResponseBuilder Json(string body) =>
        Response.Create().WithHeader("Content-Type", "application/json").WithBody(body);
}
