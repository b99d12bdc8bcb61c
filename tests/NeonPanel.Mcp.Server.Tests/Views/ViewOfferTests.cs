using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Client;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Server.Tests.Transport;
using NeonPanel.Mcp.Tools.Generated;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Views;

/// <summary>Who sees views while <c>Mcp:Views</c> is <c>Auto</c>: clients that announce MCP Apps (SEP-1865, revision
/// 2026-01-26, "Client&lt;&gt;Server Capability Negotiation"), and nobody else.</summary>
internal sealed class ViewOfferTests
{
    private const string Announced =
        """{"extensions":{"io.modelcontextprotocol/ui":{"mimeTypes":["text/html","text/html;profile=mcp-app"]}}}""";
    private const string Domain = "https://views.example.com";
    private const string Id = "^views-[0-9a-f]{32}$";

    private static readonly string[] Revisions = RpcClient.Revisions;

    // Capabilities that are no announcement of the form that the views have.
    private static readonly string[] Other =
    [
        "{}",
        """{"extensions":{}}""",
        """{"extensions":{"io.modelcontextprotocol/ui":{}}}""",
        """{"extensions":{"io.modelcontextprotocol/ui":{"mimeTypes":[]}}}""",
        """{"extensions":{"io.modelcontextprotocol/ui":{"mimeTypes":["text/html"]}}}""",
        """{"extensions":{"io.modelcontextprotocol/ux":{"mimeTypes":["text/html;profile=mcp-app"]}}}""",
        """{"experimental":{"io.modelcontextprotocol/ui":{"mimeTypes":["text/html;profile=mcp-app"]}}}""",
    ];

    private ProtectedServer auto = null!;
    private ProtectedServer off = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        auto = await StartWithoutSkillsAsync(("Mcp:ViewDomain", Domain));
        off = await StartWithoutSkillsAsync(("Mcp:Views", "Off"));
        auto.Issuer.Api = context => context.Response.WriteAsync("""{"data":[]}""");
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await auto.DisposeAsync();
        await off.DisposeAsync();
    }

    [Test]
    public async Task List_ForAClientThatAnnouncesMcpApps_NamesTheViews(
        [ValueSource(nameof(Revisions))] string revision,
        [Values("/mcp", "/", "/mcp/core")] string path
    )
    {
        using var host = await Host.ConnectAsync(auto, revision, Announced, path: path);
        var list = await host.SendAsync("tools/list");
        var named = Views(list).ToList();
        Assert.That(named, Is.Not.Empty);
        var resources = (await host.SendAsync("resources/list")).Result["resources"]!.AsArray();
        Assert.That(resources.Select(resource => (string?)resource!["uri"]), Is.EqualTo(named));
        var read = await host.SendAsync("resources/read", new() { ["uri"] = named[0] }, ("Mcp-Name", named[0]!));
        Assert.That((string?)read.Result["contents"]![0]!["text"], Does.StartWith("<!doctype html>"));
        Assert.That(
            (string?)list.Result["cacheScope"],
            Is.EqualTo(revision == RpcClient.PerRequest ? "private" : null)
        );
    }

    [Test]
    public async Task List_ForOtherClients_IsThatOfAServerWithoutViewsToTheByte(
        [ValueSource(nameof(Revisions))] string revision,
        [ValueSource(nameof(Other))] string capabilities
    )
    {
        using var client = await Host.ConnectAsync(auto, revision, capabilities);
        using var reference = await Host.ConnectAsync(off, revision, capabilities);
        var list = await client.SendAsync("tools/list");
        Assert.That(
            WithoutAddress(list, auto),
            Is.EqualTo(WithoutAddress(await reference.SendAsync("tools/list"), off))
        );
        Assert.That(Views(list), Is.Empty);
        Assert.That((string?)list.Result["cacheScope"], Is.EqualTo(revision == RpcClient.PerRequest ? "public" : null));
        Assert.That(WithoutAddress(client.Greeting, auto), Is.EqualTo(WithoutAddress(reference.Greeting, off)));
        Assert.That(client.Greeting.Headers.ContainsKey("Mcp-Session-Id"), Is.False);
        foreach (var method in (string[])["resources/list", "resources/templates/list", "resources/read"])
        {
            var answer = await client.SendAsync(method, new() { ["uri"] = "ui://x" }, ("Mcp-Name", "ui://x"));
            Assert.That(answer.ErrorCode, Is.EqualTo(-32601), method);
        }
    }

    [Test]
    public async Task Greeting_OfAClientThatAnnouncesMcpApps_OffersResources(
        [ValueSource(nameof(Revisions))] string revision
    )
    {
        using var host = await Host.ConnectAsync(auto, revision, Announced);
        var capabilities = host.Greeting.Result["capabilities"]!;
        Assert.That(capabilities["resources"], Is.Not.Null);
        Assert.That(capabilities["extensions"]!["io.modelcontextprotocol/ui"], Is.Not.Null);
        Assert.That(
            host.Greeting.Headers.GetValueOrDefault("Mcp-Session-Id"),
            revision == RpcClient.PerRequest ? Is.Null : Does.Match(Id)
        );
    }

    [TestCase("openai-mcp", "2025-11-25", Domain)]
    [TestCase("openai-mcp/1.0.0", RpcClient.PerRequest, Domain)]
    [TestCase("claude-ai", "2025-11-25", null)]
    [TestCase("claude-ai", RpcClient.PerRequest, null)]
    public async Task Domain_OfAView_GoesToHostsThatAcceptAnOrigin(string name, string revision, string? expected)
    {
        using var host = await Host.ConnectAsync(auto, revision, Announced, name);
        var listed = (await host.SendAsync("resources/list")).Result["resources"]![0]!;
        var uri = (string)listed["uri"]!;
        var read = await host.SendAsync("resources/read", new() { ["uri"] = uri }, ("Mcp-Name", uri));
        foreach (var meta in (JsonNode[])[listed["_meta"]!, read.Result["contents"]![0]!["_meta"]!])
        {
            Assert.That((string?)meta["ui"]!["domain"], Is.EqualTo(expected));
            Assert.That((string?)meta["openai/widgetDomain"], Is.EqualTo(Domain));
        }
    }

    [Test]
    public async Task SessionId_OfAHostWithViews_IsUnderstoodByAnotherInstance()
    {
        using var host = await Host.ConnectAsync(auto, "2025-11-25", Announced);
        await using var other = await StartWithoutSkillsAsync();
        using var client = new RpcClient(new(other.Address), other.Issuer.Token());
        Assert.That(
            Views(await client.SendAsync("/mcp", "2025-11-25", "tools/list", null, host.Session)),
            Is.Not.Empty
        );
    }

    [Test]
    public async Task SessionId_OfAHostWithViews_PassesWithEveryMessage()
    {
        using var host = await Host.ConnectAsync(auto, "2025-11-25", Announced);
        Assert.That((await host.SendAsync("ping")).Result, Is.Not.Null);
        var called = await host.SendAsync("tools/call", new() { ["name"] = "listCompanies" });
        Assert.That((bool?)called.Result["isError"], Is.Not.True, called.Body);
        using var client = new RpcClient(new(auto.Address), auto.Issuer.Token());
        var notified = await client.PostAsync(
            "/mcp",
            """{"jsonrpc":"2.0","method":"notifications/initialized"}""",
            host.Session
        );
        Assert.That(notified.Status, Is.EqualTo(202));
        // A client may begin anew without views.
        var anew = await client.PostAsync("/mcp", SseStream.Initialize, host.Session);
        Assert.That(anew.Headers.ContainsKey("Mcp-Session-Id"), Is.False);
        Assert.That(anew.Result["capabilities"]!["resources"], Is.Null);
    }

    [TestCase("views-")]
    [TestCase("views-0123456789ABCDEF0123456789ABCDEF")]
    [TestCase("views-0123456789abcdef0123456789abcde")]
    [TestCase("views-other-0123456789abcdef0123456789abcdef")]
    public async Task SessionId_OfAnotherForm_GetsNotFound(string id)
    {
        using var client = new RpcClient(new(auto.Address), auto.Issuer.Token());
        var answer = await client.SendAsync("/mcp", "2025-11-25", "tools/list", null, ("Mcp-Session-Id", id));
        Assert.That((answer.Status, answer.ErrorCode), Is.EqualTo((404, -32001)));
    }

    [Test]
    public async Task SessionId_WhileViewsAreOff_GetsNotFoundSoThatTheClientStartsAgain()
    {
        using var client = new RpcClient(new(off.Address), off.Issuer.Token());
        var id = ("Mcp-Session-Id", "views-0123456789abcdef0123456789abcdef");
        Assert.That((await client.SendAsync("/mcp", "2025-11-25", "tools/list", null, id)).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task SessionId_InTheRevisionWithoutSessions_MeansNothing()
    {
        using var client = new RpcClient(new(auto.Address), auto.Issuer.Token());
        var id = ("Mcp-Session-Id", "views-0123456789abcdef0123456789abcdef");
        Assert.That(Views(await client.SendAsync("/mcp", RpcClient.PerRequest, "tools/list", null, id)), Is.Empty);
    }

    [Test]
    public async Task Initialize_ThatIsRefused_GetsNoSessionId()
    {
        using var stranger = new RpcClient(new(auto.Address), null);
        var answer = await stranger.PostAsync("/mcp", Host.Initialize("2025-11-25", Announced, "host"));
        Assert.That((answer.Status, answer.Headers.ContainsKey("Mcp-Session-Id")), Is.EqualTo((401, false)));
    }

    [TestCase("""{"extensions":{"io.modelcontextprotocol/ui":{"mimeTypes":"text/html;profile=mcp-app"}}}""")]
    [TestCase("""{"extensions":{"io.modelcontextprotocol/ui":{"mimeTypes":[1,null,"\ud800"]}}}""")]
    [TestCase("""{"extensions":{"io.modelcontextprotocol/ui":["text/html;profile=mcp-app"]}}""")]
    public async Task Initialize_WithAMalformedAnnouncement_AnnouncesNothing(string capabilities)
    {
        using var client = new RpcClient(new(auto.Address), auto.Issuer.Token());
        var answer = await client.PostAsync("/mcp", Host.Initialize("2025-11-25", capabilities, "host"));
        Assert.That(answer.Headers.ContainsKey("Mcp-Session-Id"), Is.False);
        using var stream = await SseStream.OpenAsync(auto.Address, auto.Issuer.Token());
        await stream.PostAsync(Host.Initialize("2024-11-05", capabilities, "host"));
        Assert.That((await stream.ReadMessageAsync())["result"]?["capabilities"]?["resources"], Is.Null);
    }

    [TestCase(Announced, true)]
    [TestCase("{}", false)]
    public async Task Sse_ShowsViewsToStreamsThatAnnouncedThem(string capabilities, bool isShown)
    {
        using var stream = await SseStream.OpenAsync(auto.Address, auto.Issuer.Token());
        await stream.PostAsync(Host.Initialize("2024-11-05", capabilities, "openai-mcp"));
        var greeting = await stream.ReadMessageAsync();
        Assert.That(greeting["result"]!["capabilities"]!["resources"] is not null, Is.EqualTo(isShown));
        await stream.PostAsync("""{"jsonrpc":"2.0","id":2,"method":"tools/list"}""");
        var tools = (await stream.ReadMessageAsync())["result"]!["tools"]!.AsArray();
        Assert.That(tools.Any(tool => tool!["_meta"]!["ui"] is not null), Is.EqualTo(isShown));
        await stream.PostAsync("""{"jsonrpc":"2.0","id":3,"method":"resources/list"}""");
        var resources = await stream.ReadMessageAsync();
        Assert.That(
            isShown ? (string?)resources["result"]!["resources"]![0]!["_meta"]!["ui"]!["domain"] : null,
            Is.EqualTo(isShown ? Domain : null)
        );
        Assert.That((int?)resources["error"]?["code"], Is.EqualTo(isShown ? (int?)null : -32601));
    }

    [Test]
    public async Task Client_OfTheSdkThatAnnouncesMcpApps_ReadsAView()
    {
        await using var client = await McpClient.CreateAsync(
            new HttpClientTransport(
                new()
                {
                    Endpoint = new(auto.Address + "/mcp"),
                    TransportMode = HttpTransportMode.StreamableHttp,
                    AdditionalHeaders = new Dictionary<string, string>
                    {
                        ["Authorization"] = "Bearer " + auto.Issuer.Token(),
                    },
                }
            ),
            new()
            {
                ProtocolVersion = "2025-11-25",
                Capabilities = new()
                {
                    Extensions = new Dictionary<string, object>
                    {
                        ["io.modelcontextprotocol/ui"] = new JsonObject
                        {
                            ["mimeTypes"] = new JsonArray("text/html;profile=mcp-app"),
                        },
                    },
                },
            }
        );
        var tool = (await client.ListToolsAsync()).Single(tool => tool.Name == "bills_list");
        var address = (string)tool.ProtocolTool.Meta!["ui"]!["resourceUri"]!;
        Assert.That((await client.ReadResourceAsync(new Uri(address))).Contents.Single().Uri, Is.EqualTo(address));
        Assert.That((await client.CallToolAsync("listCompanies")).IsError, Is.Not.True);
    }

    [Test]
    public async Task List_CompressedAndSelected_FollowsTheAnnouncementToo()
    {
        using var host = await Host.ConnectAsync(auto, "2025-11-25", Announced);
        var selected = await host.SendAsync("tools/list", null, ("X-MCP-Tools", "bills_list,bills_read"));
        Assert.That(Views(selected).Count(), Is.EqualTo(1));
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, auto.Address + "/mcp");
        request.Content = new StringContent(
            """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""",
            Encoding.UTF8,
            "application/json"
        );
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", auto.Issuer.Token());
        request.Headers.Add("Accept", "application/json");
        request.Headers.Add("Accept-Encoding", "gzip");
        request.Headers.Add("Mcp-Session-Id", host.Session.Value);
        using var response = await http.SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await using var body = new GZipStream(await response.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var reader = new StreamReader(body);
        Assert.That(
            JsonNode.DeepEquals(
                JsonNode.Parse(await reader.ReadToEndAsync())!["result"],
                (await host.SendAsync("tools/list")).Result
            ),
            Is.True
        );
    }

    [TestCase("On")]
    [TestCase("true")]
    public async Task On_ShowsViewsToAllClientsWithThePublicList(string setting)
    {
        await using var on = await StartWithoutSkillsAsync(("Mcp:Views", setting));
        using var client = new RpcClient(new(on.Address), on.Issuer.Token());
        var list = await client.SendAsync("/mcp", RpcClient.PerRequest, "tools/list");
        Assert.That((Views(list).Any(), (string?)list.Result["cacheScope"]), Is.EqualTo((true, "public")));
    }

    [TestCase("false")]
    [TestCase("off")]
    public async Task Off_ShowsViewsToNobody(string setting)
    {
        await using var server = await StartWithoutSkillsAsync(("Mcp:Views", setting));
        using var host = await Host.ConnectAsync(server, "2025-11-25", Announced);
        Assert.That(Views(await host.SendAsync("tools/list")), Is.Empty);
        Assert.That(host.Greeting.Headers.ContainsKey("Mcp-Session-Id"), Is.False);
    }

    [TestCase("https://views.example.com/path")]
    [TestCase("http://views.example.com")]
    [TestCase("views.example.com")]
    public async Task Settings_ViewDomainThatIsNoOrigin_IsAFaultThatNamesIt(string value)
    {
        var fault = await Assert.ThrowsAsync<SettingsException>(() =>
            ProtectedServer.StartAsync(("Mcp:ViewDomain", value))
        );
        Assert.That(
            fault!.Message,
            Is.EqualTo(
                $"Mcp:ViewDomain must be an https origin without a path, such as 'https://mcp.example.com', but is '{value}'."
            )
        );
    }

    // The address of the icon is the server's own.
    private static string WithoutAddress(RpcAnswer answer, ProtectedServer server) =>
        answer.Body.Replace(server.Address, "", StringComparison.Ordinal);

    private static IEnumerable<string?> Views(RpcAnswer list) =>
        list.Result["tools"]!
            .AsArray()
            .Select(tool => (string?)tool!["_meta"]!["ui"]?["resourceUri"])
            .Where(view => view is not null);

    /// <summary>A client that has said what it can do.</summary>
    private sealed class Host(RpcClient client, string revision, string path, RpcAnswer greeting) : IDisposable
    {
        public RpcAnswer Greeting => greeting;

        public (string Name, string Value) Session => ("Mcp-Session-Id", greeting.Headers["Mcp-Session-Id"]);

        private string? ClientName { get; init; }

        public static async Task<Host> ConnectAsync(
            ProtectedServer server,
            string revision,
            string capabilities,
            string name = "host",
            string path = "/mcp"
        )
        {
            var client = new RpcClient(new(server.Address), server.Issuer.Token())
            {
                Capabilities = JsonNode.Parse(capabilities)!.AsObject(),
            };
            var greeting =
                revision == RpcClient.PerRequest
                    ? await client.SendAsync(path, revision, "server/discover")
                    : await client.PostAsync(path, Initialize(revision, capabilities, name));
            return new(client, revision, path, greeting) { ClientName = name };
        }

        public static string Initialize(string revision, string capabilities, string name) =>
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\""
            + revision
            + "\",\"capabilities\":"
            + capabilities
            + ",\"clientInfo\":{\"name\":\""
            + name
            + "\",\"version\":\"1\"}}}";

        // A client repeats the session id that it got.
        public Task<RpcAnswer> SendAsync(
            string method,
            JsonObject? parameters = null,
            params (string Name, string Value)[] headers
        )
        {
            (string, string)[] own = greeting.Headers.ContainsKey("Mcp-Session-Id") ? [Session] : [];
            // Only that revision names the resource in a header.
            var others = headers.Where(header => revision == RpcClient.PerRequest || header.Name != "Mcp-Name");
            return client.SendAsync(
                path,
                revision,
                method,
                parameters,
                new() { ["name"] = ClientName, ["version"] = "1" },
                [.. own, .. others]
            );
        }

        public void Dispose() => client.Dispose();
    }

    // Skills are resources too, and every client may read them.
    private static Task<ProtectedServer> StartWithoutSkillsAsync(params (string Name, string Value)[] settings) =>
        ProtectedServer.StartAsync(
            settings,
            _ => [],
            configure: builder => builder.Services.AddSingleton(GeneratedCatalog.Create() with { Skills = [] })
        );
}
