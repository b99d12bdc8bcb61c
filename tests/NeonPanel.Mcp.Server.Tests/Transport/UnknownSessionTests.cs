using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Transport;

/// <summary>Messages of a session that another server has opened (MCP 2025-11-25, Session Management).</summary>
internal sealed class UnknownSessionTests
{
    private static readonly (string, string) Session = ("Mcp-Session-Id", "of-another-server");

    private StrictUpstream server = null!;
    private RpcClient client = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        server = await StrictUpstream.StartAsync();
        client = new(server.Address, server.Token);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    [Test]
    public async Task Post_OfASession_GetsNotFoundAndWhatToDo(
        [Values("2025-03-26", "2025-06-18", "2025-11-25")] string revision,
        [Values("tools/list", "tools/call", "ping", "nonsense")] string method,
        [Values("/mcp", "/", "/mcp/core")] string path
    )
    {
        var answer = await client.SendAsync(path, revision, method, new() { ["name"] = "listCompanies" }, Session);
        Assert.That((answer.Status, answer.ErrorCode), Is.EqualTo((404, -32001)));
        Assert.That((int?)answer.Message!["id"], Is.EqualTo(1));
        Assert.That((string?)answer.Message["error"]!["message"], Does.Contain("initialize again"));
        Assert.That(server.Upstream.LogEntries, Is.Empty, "nothing was called");
    }

    [Test]
    public async Task Post_ANotificationOfASession_GetsNotFound()
    {
        var answer = await client.PostAsync(
            "/mcp",
            """{"jsonrpc":"2.0","method":"notifications/initialized"}""",
            Session
        );
        Assert.That((answer.Status, answer.Message!["id"]), Is.EqualTo((404, (object?)null)));
    }

    [Test]
    public async Task Post_InitializeWithASession_StartsAgain()
    {
        const string initialize =
            """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"c","version":"1"}}}""";
        var answer = await client.PostAsync("/mcp", initialize, Session);
        Assert.That((string?)answer.Result["protocolVersion"], Is.EqualTo("2025-11-25"));
        Assert.That(answer.Headers.ContainsKey("Mcp-Session-Id"), Is.False);
        Assert.That(
            (await client.SendAsync("/mcp", "2025-11-25", "tools/list")).Status,
            Is.EqualTo(200),
            "and goes on without a session"
        );
    }

    // That revision has no sessions.
    [Test]
    public async Task Post_OfTheRevisionWithoutSessions_IsAnswered()
    {
        var answer = await client.SendAsync("/mcp", RpcClient.PerRequest, "tools/list", null, Session);
        Assert.That(answer.Result["tools"]!.AsArray(), Is.Not.Empty);
    }

    [Test]
    public async Task Post_WithoutAToken_IsChallengedFirst()
    {
        using var anonymous = new RpcClient(server.Address, null);
        Assert.That(
            (await anonymous.SendAsync("/mcp", "2025-11-25", "tools/list", null, Session)).Status,
            Is.EqualTo(401)
        );
    }

    // Clients take 405 for "no stream" and "no sessions to end"; 404 would be an error to them.
    [TestCase("GET")]
    [TestCase("DELETE")]
    public async Task GetAndDelete_OfASession_StayNotAllowed(string method)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        using var request = new HttpRequestMessage(new(method), "/mcp");
        request.Headers.Add("Mcp-Session-Id", "of-another-server");
        request.Headers.Add("Accept", "text/event-stream");
        request.Headers.Authorization = new("Bearer", server.Token);
        using var response = await http.SendAsync(request);
        Assert.That((int)response.StatusCode, Is.EqualTo(405));
    }

    [Test]
    public async Task Post_OfASessionThatIsToBeIgnored_IsAnswered()
    {
        await using var lenient = await StrictUpstream.StartAsync(("Mcp:UnknownSessions", "Ignore"));
        using var gateway = new RpcClient(lenient.Address, lenient.Token);
        Assert.That(
            (await gateway.SendAsync("/mcp", "2025-11-25", "tools/list", null, Session)).Status,
            Is.EqualTo(200)
        );
    }
}
