using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;

namespace NeonPanel.Mcp.Server.Tests.OtherApi;

/// <summary>A server for an API that has nothing in common with NeonPanel: how its lists are paged, and what its users
/// read.</summary>
[Category("Slow"), Category("Process")]
internal sealed class StrangerTests
{
    private PublishedServer server = null!;
    private RpcClient client = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        server = await PublishedServer.PublishAsync(
            "tests/examples/stranger.json",
            "tests/examples/stranger.overlay.json"
        );
        await server.StartAsync(
            ("Upstream__Credential", "Static"),
            ("Upstream__Keys__CHOIRKEY", "key-of-the-operator"),
            ("Upstream__Retries", "0"),
            ("Mcp__MaxResultChars", "2000")
        );
        client = new(new(server.Address), server.Token);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        client?.Dispose();
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }

    [SetUp]
    public void Reset() => server.Upstream.Reset();

    [TestCase(
        "singers_list",
        "{}",
        """{"items":[1],"meta":{"page":1,"totalPages":3}}""",
        "Page 1 of 3; page_number=2 has the next.",
        Description = "numbered pages"
    )]
    [TestCase("singers_list", """{"page_number":3}""", """{"items":[1],"meta":{"page":3,"totalPages":3}}""", null)]
    [TestCase(
        "singers_list",
        "{}",
        """{"items":[1],"pageNumber":1,"hasNext":true}""",
        "There is a next page: call again with page_number=2."
    )]
    [TestCase(
        "concerts_list",
        """{"limit":2,"offset":4}""",
        """{"total":9,"items":[1,2]}""",
        "There is a next page: call again with offset=6.",
        Description = "limit and offset"
    )]
    [TestCase(
        "concerts_list",
        "{}",
        """{"pagination":{"total":9,"limit":2,"offset":0},"items":[1,2]}""",
        "There is a next page: call again with offset=2."
    )]
    [TestCase("concerts_list", """{"limit":2,"offset":8}""", """{"total":9,"items":[1]}""", null)]
    [TestCase(
        "tickets_list",
        "{}",
        """{"payload":{"Tickets":[1],"NextToken":"b+/="}}""",
        "There is a next page: call again with NextToken=b+/=.",
        Description = "a token in the answer"
    )]
    [TestCase("tickets_list", "{}", """{"payload":{"Tickets":[1],"NextToken":null}}""", null)]
    [TestCase(
        "tickets_list",
        "{}",
        """{"list":[1],"next_offset":"[\"16\",\"23 4\"]"}""",
        "There is a next page: call again with NextToken as 'next_offset' says.",
        Description = "a token that could be taken for words"
    )]
    [TestCase(
        "scores_list",
        """{"page_size":5}""",
        """{"data":[1],"links":{"self":"x","next":"https://choir.example.com/scores?page%5Bcursor%5D=b2&page%5Bsize%5D=5"}}""",
        "There is a next page: call again with page_cursor=b2.",
        Description = "an address in the answer"
    )]
    [TestCase("scores_list", "{}", """{"data":[1],"links":{"self":"x","next":null}}""", null)]
    [TestCase(
        "programmes_list",
        "{}",
        """{"data":[1],"meta":{"next_cursor":"p2"}}""",
        "There is a next page: call again with behind=p2.",
        Description = "declared in the overlay"
    )]
    public async Task Call_ListInPages_SaysHowToGoOn(string tool, string arguments, string answer, string? expected)
    {
        Answer(answer);
        var content = await CallAsync(tool, arguments);
        Assert.That(content.Count > 1 ? (string?)content[1]!["text"] : null, Is.EqualTo(expected));
    }

    [Test]
    public async Task Call_ListWithALinkHeader_SaysHowToGoOn()
    {
        server
            .Upstream.Given(Request.Create())
            .RespondWith(
                Response
                    .Create()
                    .WithHeader("Content-Type", "application/json")
                    .WithHeader("Link", "<https://choir.example.com/seats?from_seat=12>; rel=\"next\"")
                    .WithBody("[1]")
            );
        var content = await CallAsync("seats_list", "{}");
        Assert.That((string?)content[1]!["text"], Is.EqualTo("There is a next page: call again with from_seat=12."));
    }

    [Test]
    public async Task Call_ListThatIsCut_GoesOnWithTheFirstItemThatIsMissing()
    {
        Answer($$"""{"items":[{{string.Join(',', Enumerable.Range(0, 300).Select(index => $"\"item {index}\""))}}]}""");
        var content = await CallAsync("concerts_list", """{"offset":10}""");
        var shown = JsonNode.Parse((string)content[0]!["text"]!)!["items"]!.AsArray().Count;
        Assert.That((string?)content[1]!["text"], Does.Contain($"Continue with offset={10 + shown}, or"));
    }

    [Test]
    public async Task AuthorizationServerMetadata_OfAnotherIssuer_IsNotMadeUp()
    {
        using var http = new HttpClient { BaseAddress = new(server.Address) };
        using var response = await http.GetAsync("/.well-known/oauth-authorization-server");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Everything_ThatAUserSees_IsInTheWordsOfTheApi()
    {
        var seen = new StringBuilder();
        foreach (
            var path in (string[])
                [
                    "/",
                    "/docs",
                    "/docs?q=singer",
                    "/docs/singers_list",
                    "/docs/singers_add",
                    "/docs/reference",
                    "/docs/changes",
                    "/docs/none",
                    "/tools.json",
                    "/openapi.json",
                    "/openapi.yaml",
                    "/.well-known/oauth-protected-resource",
                    "/.well-known/oauth-protected-resource/mcp",
                    "/robots.txt",
                    "/none",
                ]
        )
        {
            seen.AppendLine(await GetAsync(path));
        }

        await AddMessagesAsync(seen);
        await AddFailuresAsync(seen);
        Assert.That(seen.Length, Is.GreaterThan(20_000));
        Assert.That(OwnWords.In(seen.ToString()), Is.Empty);
    }

    private async Task AddMessagesAsync(StringBuilder seen)
    {
        foreach (var revision in (string[])["2025-11-25", RpcClient.PerRequest])
        {
            foreach (var method in (string[])["initialize", "server/discover", "tools/list", "resources/list", "none"])
            {
                seen.AppendLine((await client.SendAsync("/mcp", revision, method)).Body);
            }
        }

        Answer("""{"items":[]}""");
        foreach (
            var (tool, arguments) in ((string, string)[])
                [
                    ("singers_list", "{}"),
                    ("singers_list", """{"PageSize":"5","x":1}"""),
                    ("singers_list", """{"page_size":1000}"""),
                    ("singers_read", "{}"),
                    ("singers_read", """{"id":".."}"""),
                    ("singers_add", """{"name":1,"voice":"middle"}"""),
                    ("nobody_list", "{}"),
                ]
        )
        {
            seen.AppendLine((await PostAsync(tool, arguments)).Body);
        }

        using var stranger = new RpcClient(new(server.Address), null);
        seen.AppendLine((await stranger.SendAsync("/mcp", "2025-11-25", "tools/list")).Body);
        seen.AppendLine((await client.PostAsync("/mcp", "{")).Body);
        seen.AppendLine((await client.PostAsync("/mcp", new string(' ', 70_000))).Body);
        seen.AppendLine((await client.PostAsync("/mcp/none", "{}")).Body);
        seen.AppendLine((await client.PostAsync("/messages", "{}")).Body);
    }

    private async Task AddFailuresAsync(StringBuilder seen)
    {
        foreach (var status in (int[])[300, 301, 303, 307, 400, 401, 403, 404, 409, 413, 415, 418, 422, 429, 500, 503])
        {
            server.Upstream.Reset();
            server
                .Upstream.Given(Request.Create())
                .RespondWith(
                    Response
                        .Create()
                        .WithStatusCode(status)
                        .WithHeader("Content-Type", "application/json")
                        .WithBody("""{"message":"No."}""")
                );
            seen.AppendLine((await PostAsync("singers_list", "{}")).Body);
            seen.AppendLine((await PostAsync("singers_add", """{"name":"a"}""")).Body);
        }

        foreach (
            var (type, body) in ((string, string)[])
                [
                    ("application/json", "{"),
                    ("text/html", "<p>Sign in</p>"),
                    ("application/json", ""),
                    ("application/json", new string(' ', 5_000_000)),
                    ("application/pdf", new string(' ', 2_000_000)),
                    ("text/plain", new string('\n', 5000)),
                    ("application/json", $"[{string.Join(',', Enumerable.Range(0, 3000))}]"),
                ]
        )
        {
            server.Upstream.Reset();
            server
                .Upstream.Given(Request.Create())
                .RespondWith(Response.Create().WithHeader("Content-Type", type).WithBody(body));
            seen.AppendLine((await PostAsync("singers_list", "{}")).Body);
            seen.AppendLine((await PostAsync("singers_add", """{"name":"a"}""")).Body);
        }
    }

    private void Answer(string json) =>
        server
            .Upstream.Given(Request.Create())
            .RespondWith(Response.Create().WithHeader("Content-Type", "application/json").WithBody(json));

    private async Task<string> GetAsync(string path)
    {
        using var http = new HttpClient { BaseAddress = new(server.Address) };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html, */*");
        using var response = await http.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    private Task<RpcAnswer> PostAsync(string tool, string arguments) =>
        client.SendAsync(
            "/mcp",
            "2025-11-25",
            "tools/call",
            new JsonObject { ["name"] = tool, ["arguments"] = JsonNode.Parse(arguments) }
        );

    private async Task<JsonArray> CallAsync(string tool, string arguments)
    {
        var result = (await PostAsync(tool, arguments)).Result;
        Assert.That((bool?)result["isError"], Is.Not.True, result.ToJsonString());
        return result["content"]!.AsArray();
    }
}
