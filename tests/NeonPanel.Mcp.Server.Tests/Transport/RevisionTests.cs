using NeonPanel.Mcp.Sandbox;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Transport;

/// <summary>Every revision at every address, over a socket (rules A1 to A3).</summary>
internal sealed class RevisionTests
{
    private static readonly string[] Paths = ["/", "/mcp", "/mcp/", "/mcp/core", "/mcp/core/", "/MCP"];

    private SandboxHost sandbox = null!;
    private RpcClient client = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        sandbox = await SandboxHost.StartAsync(LoopbackPorts.FreePair());
        client = new(sandbox.Address, sandbox.Token);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        client.Dispose();
        await sandbox.DisposeAsync();
    }

    [Test]
    public async Task ListAndCall_EveryRevisionAtEveryAddress_IsAnswered(
        [ValueSource(typeof(RpcClient), nameof(RpcClient.Revisions))] string revision,
        [ValueSource(nameof(Paths))] string path
    )
    {
        var list = await client.SendAsync(path, revision, "tools/list");
        var call = await client.SendAsync(path, revision, "tools/call", new() { ["name"] = "listCompanies" });
        Assert.That(
            list.Result["tools"]!.AsArray(),
            Has.Count.EqualTo(path.Contains("core", StringComparison.Ordinal) ? 25 : 62)
        );
        Assert.That(
            (string?)call.Result["structuredContent"]!["data"]![0]!["name"],
            Is.EqualTo("Harbor & Pine Outfitters LLC")
        );
    }

    [TestCase("1999-01-01", "2025-11-25")]
    [TestCase("2025-11-26", "2025-11-25")]
    [TestCase("2026-07-28", "2025-11-25")]
    [TestCase("2031-01-01", "2025-11-25")]
    [TestCase("DRAFT", "2025-11-25")]
    public async Task Initialize_WithAnUnknownRevision_GetsTheLatestOfItsEra(string asked, string expected)
    {
        var answer = await client.PostAsync("/mcp", Initialize(asked));
        Assert.That((string?)answer.Result["protocolVersion"], Is.EqualTo(expected));
    }

    [Test]
    public async Task Initialize_EveryRevisionAtEveryAddress_IsEchoedWithWhoTheServerIs(
        [ValueSource(nameof(Paths))] string path
    )
    {
        foreach (var revision in RpcClient.Revisions[..^1])
        {
            var answer = await client.PostAsync(path, Initialize(revision));
            Assert.That((string?)answer.Result["protocolVersion"], Is.EqualTo(revision));
            Assert.That((string?)answer.Result["serverInfo"]!["title"], Is.EqualTo("NeonPanel"));
            Assert.That(answer.Headers.ContainsKey("Mcp-Session-Id"), Is.False);
        }
    }

    [Test]
    public async Task Discover_AtEveryAddress_NamesThePerRequestRevision([ValueSource(nameof(Paths))] string path)
    {
        var answer = await client.SendAsync(path, RpcClient.PerRequest, "server/discover");
        Assert.That(answer.Result["supportedVersions"]!.ToJsonString(), Is.EqualTo("[\"2026-07-28\"]"));
        Assert.That(
            (string?)answer.Result["_meta"]!["io.modelcontextprotocol/serverInfo"]!["name"],
            Is.EqualTo("neonpanel")
        );
        Assert.That(answer.Result["capabilities"]!["tools"], Is.Not.Null);
    }

    [Test]
    public async Task Ping_EveryRevision_BelongsToTheInitializeEra(
        [ValueSource(typeof(RpcClient), nameof(RpcClient.Revisions))] string revision
    )
    {
        var answer = await client.SendAsync("/mcp", revision, "ping");
        if (revision == RpcClient.PerRequest)
        {
            Assert.That((answer.Status, answer.ErrorCode), Is.EqualTo((404, -32601)));
        }
        else
        {
            Assert.That((answer.Status, answer.Result.ToJsonString()), Is.EqualTo((200, "{}")));
        }
    }

    [Test]
    public async Task UnknownMethod_EveryRevision_IsNotFound(
        [ValueSource(typeof(RpcClient), nameof(RpcClient.Revisions))] string revision
    )
    {
        var answer = await client.SendAsync("/mcp", revision, "tools/burn");
        Assert.That(
            (answer.Status, answer.ErrorCode),
            Is.EqualTo((revision == RpcClient.PerRequest ? 404 : 200, -32601))
        );
    }

    [TestCase("notifications/initialized")]
    [TestCase("notifications/cancelled")]
    [TestCase("notifications/unheard-of")]
    public async Task Notification_IsAcceptedWithoutABody(string method)
    {
        var answer = await client.PostAsync("/mcp", $$"""{"jsonrpc":"2.0","method":"{{method}}"}""");
        Assert.That((answer.Status, answer.Body), Is.EqualTo((202, "")));
    }

    [TestCase("GET", "/mcp", 405)]
    [TestCase("GET", "/mcp/core/", 405)]
    [TestCase("DELETE", "/", 405)]
    [TestCase("DELETE", "/mcp", 405)]
    [TestCase("PUT", "/mcp", 405)]
    [TestCase("GET", "/mcp/nothing", 404)]
    [TestCase("POST", "/mcp/nothing", 404)]
    [TestCase("POST", "/mcp/core/more", 404)]
    public async Task OtherMethodOrProfile_WithoutToken_IsRefusedButNotChallenged(
        string method,
        string path,
        int expected
    )
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = sandbox.Address,
        };
        using var request = new HttpRequestMessage(new(method), path);
        if (method == "POST")
        {
            request.Content = new StringContent(
                """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"listCompanies"}}""",
                System.Text.Encoding.UTF8,
                "application/json"
            );
        }

        using var response = await http.SendAsync(request);
        Assert.That((int)response.StatusCode, Is.EqualTo(expected));
        Assert.That(response.Content.Headers.Allow, expected == 405 ? Is.EqualTo(new[] { "POST" }) : Is.Empty);
    }

    [Test]
    public async Task Icon_OfServerInfo_IsADrawingThatNeedsNoToken()
    {
        var info = (await client.PostAsync("/mcp", Initialize("2025-11-25"))).Result["serverInfo"]!;
        using var http = new HttpClient();
        using var response = await http.GetAsync(new Uri((string)info["icons"]![0]!["src"]!));
        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("image/svg+xml"));
        Assert.That(
            System.Xml.Linq.XDocument.Parse(await response.Content.ReadAsStringAsync()).Root!.Name.LocalName,
            Is.EqualTo("svg")
        );
    }

    private static string Initialize(string revision) =>
        $$$"""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"{{{revision}}}","capabilities":{},"clientInfo":{"name":"t","version":"1"} } }""";
}
