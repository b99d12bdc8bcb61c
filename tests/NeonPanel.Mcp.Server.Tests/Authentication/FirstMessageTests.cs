using System.Net;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Authentication;

/// <summary>The first message of a client without a token (rules B1, B7): clients decide there whether people have to
/// sign in.</summary>
internal sealed class FirstMessageTests
{
    private const int ManyBytes = 64 * 1024;

    // Section 1 of the contract.
    private static readonly string[] Discovery =
    [
        "initialize",
        "server/discover",
        "ping",
        "logging/setLevel",
        "tools/list",
        "prompts/list",
        "resources/list",
        "resources/templates/list",
        "resources/read",
        "skills/list",
        "skills/get",
        "notifications/initialized",
        "notifications/cancelled",
    ];

    private static readonly string[] Others =
    [
        "tools/call",
        "prompts/get",
        "completion/complete",
        "subscriptions/listen",
        "tools/burn",
        "Tools/List",
        "",
    ];

    private ProtectedServer server = null!;
    private ProtectedServer open = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        server = await ProtectedServer.StartAsync();
        open = await ProtectedServer.StartAsync(("Auth:AnonymousDiscovery", "true"));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await server.DisposeAsync();
        await open.DisposeAsync();
    }

    [TestCase("7")]
    [TestCase("\"a-\\u0062\"")]
    [TestCase(null, Description = "a notification")]
    public async Task Post_AnyMethodWithoutToken_IsChallengedUnderItsId(string? id)
    {
        foreach (var method in Discovery.Concat(Others))
        {
            using var answer = await server.ListAsync(null, Message(method, id));
            await AssertChallengeAsync(server, answer, id ?? "null", "", method);
        }
    }

    [TestCase("", "null")]
    [TestCase("nonsense", "null")]
    [TestCase("[]", "null")]
    [TestCase("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]", "null")]
    [TestCase("{\"id\":{}}", "null")]
    [TestCase("{\"id\":3}", "3")]
    public async Task Post_AnythingWithoutToken_IsChallenged(string body, string id)
    {
        using var answer = await server.ListAsync(null, body);
        await AssertChallengeAsync(server, answer, id, "", body);
    }

    [Test]
    public async Task Post_BadToken_IsChallengedUnderItsIdOnEveryServer()
    {
        foreach (var each in (ProtectedServer[])[server, open])
        {
            foreach (var method in Discovery)
            {
                using var answer = await each.ListAsync("bad", Message(method, "5"));
                await AssertChallengeAsync(
                    each,
                    answer,
                    "5",
                    ", error=\"invalid_token\", error_description=\"The access token is not valid here; sign in again.\"",
                    method
                );
            }
        }
    }

    // Nobody has work done before signing in, but everybody gets the challenge: the token may just have expired.
    [TestCase(null)]
    [TestCase("bad")]
    public async Task Post_LongBodyWithoutAGoodToken_IsChallengedWithoutBeingRead(string? token)
    {
        var message = Message("tools/call", "1");
        using var whole = await server.ListAsync(token, message + new string(' ', ManyBytes - message.Length));
        Assert.That(JsonNode.Parse(await whole.Content.ReadAsStringAsync())!["id"]!.GetValue<int>(), Is.EqualTo(1));
        using var longer = await server.ListAsync(token, message + new string(' ', ManyBytes + 1 - message.Length));
        Assert.That(
            (longer.StatusCode, JsonNode.Parse(await longer.Content.ReadAsStringAsync())!["id"]),
            Is.EqualTo((HttpStatusCode.Unauthorized, (JsonNode?)null))
        );
    }

    [TestCase("Authorization:\r\n")]
    [TestCase("Authorization:   \r\n")]
    [TestCase("Authorization: \r\nAuthorization:\t\r\n")]
    public async Task Post_BlankAuthorizationHeader_CountsAsNone(string header)
    {
        var head = "Accept: application/json\r\nContent-Type: application/json\r\n" + header;
        var refused = await server.SendRawAsync($"Host: {new Uri(server.Address).Authority}\r\n{head}");
        Assert.That(
            refused,
            Does.StartWith("HTTP/1.1 401").And.Contain("WWW-Authenticate: Bearer ").And.Not.Contain("error=")
        );
        Assert.That(
            await open.SendRawAsync($"Host: {new Uri(open.Address).Authority}\r\n{head}"),
            Does.StartWith("HTTP/1.1 200")
        );
    }

    // Whatever the SDK answers to them: these messages are not challenged.
    [Test]
    public async Task Post_WithAnonymousDiscovery_OnlyDiscoveryPasses()
    {
        foreach (var method in Discovery)
        {
            using var answer = await open.ListAsync(
                null,
                Message(method, method.StartsWith("notifications/", StringComparison.Ordinal) ? null : "1")
            );
            Assert.That(answer.Headers.WwwAuthenticate, Is.Empty, method);
        }

        foreach (var method in Others)
        {
            using var answer = await open.ListAsync(null, Message(method, "1"));
            await AssertChallengeAsync(open, answer, "1", "", method);
        }
    }

    [TestCase("2025-11-25", 200, null)]
    [TestCase(RpcClient.PerRequest, 404, -32601)]
    public async Task Ping_WithAnonymousDiscovery_IsKnownInTheInitializeEraOnly(string revision, int status, int? code)
    {
        using var client = new RpcClient(new(open.Address), null);
        var answer = await client.SendAsync("/mcp", revision, "ping");
        Assert.That((answer.Status, answer.ErrorCode), Is.EqualTo((status, code)));
    }

    private static string Message(string method, string? id) =>
        $$"""{"jsonrpc":"2.0",{{(id is null ? "" : $"\"id\":{id},")}}"method":"{{method}}","params":{} }""";

    private static async Task AssertChallengeAsync(
        ProtectedServer server,
        HttpResponseMessage answer,
        string id,
        string error,
        string what
    )
    {
        var challenge =
            $"Bearer resource_metadata=\"{server.Address}/.well-known/oauth-protected-resource/mcp\", scope=\"openid\"{error}";
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized), what);
        Assert.That(
            answer.Headers.WwwAuthenticate.Select(header => header.ToString()),
            Is.EqualTo(new[] { challenge }),
            what
        );
        Assert.That(answer.Headers.CacheControl!.NoStore, Is.True, what);
        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/json"), what);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.That(body, Does.StartWith($"{{\"jsonrpc\":\"2.0\",\"id\":{id},\"error\":"), what);
        var message = JsonNode.Parse(body)!["error"]!;
        Assert.That((int)message["code"]!, Is.InRange(-32019, -32000), what);
        Assert.That((string?)message["message"], Is.Not.Empty, what);
        Assert.That(
            message["data"]!["_meta"]!["mcp/www_authenticate"]!.AsArray().Select(value => (string?)value),
            Is.EqualTo(new[] { challenge }),
            what
        );
    }
}
