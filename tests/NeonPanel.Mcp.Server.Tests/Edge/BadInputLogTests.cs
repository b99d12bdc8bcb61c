using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Server.Tests.Telemetry;
using NeonPanel.Mcp.Server.Tests.Transport;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Edge;

/// <summary>No client can flood the log or raise an alarm: no bad input makes an error line, a long line, or more lines
/// than answers.</summary>
[Category("Slow")]
internal sealed class BadInputLogTests
{
    private const int LongestLine = 1024;

    // Cases of their own: half a surrogate pair, and members that are sent twice, at each level.
    private static readonly string[] Odd =
    [
        """{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"cursor":"\ud800"}}""",
        """{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"cursor":"a","cursor":"b"}}""",
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"listCompanies","name":"listCompanies"}}""",
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"\ud800"}}""",
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"listCompanies","arguments":{"page":1,"page":1}}}""",
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"listCompanies","arguments":{},"_meta":{"a":1,"a":2}}}""",
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"createDocumentsByPdf","arguments":{"companyUuid":"1f0c5c1e-aaaa-4bbb-8ccc-5e9712345678","type":"bill","type":"bill","file":{"download_url":"https://files.oaiusercontent.com/a","file_id":"f","file_id":"f"}}}}""",
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"a","version":"1"}}}""",
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"\ud800","capabilities":{},"clientInfo":{"name":"a","version":"1"}}}""",
        """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1,"requestId":1}}""",
        """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"\ud800"}}""",
        """{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}""",
        """{"jsonrpc":"2.0","id":"\ud800","method":"ping"}""",
        """{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"\ud800"}}""",
        """{"jsonrpc":"2.0","id":1,"method":"logging/setLevel","params":{"level":"a","level":"b"}}""",
        """{"jsonrpc":"2.0","id":1,"method":"logging/setLevel","params":{"level":"loud"}}""",
        """{"jsonrpc":"2.0","id":1,"method":"tools/list","\ud800":1}""",
        """{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"\ud800":1}}""",
        """{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"\ud800":1}}}""",
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"listCompanies","arguments":{},"_meta":{"\ud800":1}}}""",
    ];

    private JsonLineCollector log = null!;
    private ProtectedServer server = null!;

    [SetUp]
    public async Task StartAsync()
    {
        log = new(TimeProvider.System);
        server = await ProtectedServer.StartAsync(
            [
                ("Auth:AnonymousDiscovery", "true"),
                ("Mcp:Views", "true"),
                ("Limits:CallsPerMinutePerUser", "100000"),
                ("Limits:AnonymousRequestsPerMinute", "100000"),
                ("Telemetry:DriftSample", "0"),
            ],
            _ => [],
            configure: builder => builder.Logging.AddProvider(log)
        );
    }

    [TearDown]
    public async Task StopAsync()
    {
        await server.DisposeAsync();
        log.Dispose();
    }

    [TestCaseSource(typeof(RpcClient), nameof(RpcClient.Revisions))]
    public async Task Post_EveryBadMessage_LeavesTheLogShortAndCalm(string revision)
    {
        await server.StatusAsync(server.Issuer.Token());
        var before = log.Lines.Count;
        var posts = McpMessages
            .Of(revision)
            .Concat(Odd.Select(body => new Post(body, IsPlain: false, ("Accept", "application/json"))))
            .ToList();
        var answers = 0;
        foreach (var token in (string?[])[null, "bad", server.Issuer.Token()])
        {
            using var client = new RpcClient(new(server.Address), token);
            foreach (var post in posts)
            {
                var answer = await client.PostAsync(post.Path, post.Body, post.Headers);
                Assert.That(answer.Status, Is.LessThan(500), post.ToString);
                Assert.That(answer.ErrorCode, Is.Not.EqualTo(-32603), post.ToString);
                answers++;
            }
        }

        AssertCalm(before, answers);
    }

    [Test]
    public async Task PostMessage_EveryBadMessage_LeavesTheLogShortAndCalm()
    {
        using var stream = await SseStream.OpenAsync(server.Address, server.Issuer.Token());
        var before = log.Lines.Count;
        foreach (var body in Odd)
        {
            using var answer = await stream.PostAsync(body);
            Assert.That((int)answer.StatusCode, Is.LessThan(500), body);
        }

        // Whatever went before, the stream still answers.
        using var ping = await stream.PostAsync("""{"jsonrpc":"2.0","id":"last","method":"ping"}""");
        JsonObject message;
        do
        {
            message = await stream.ReadMessageAsync();
        } while (message["id"]?.ToString() != "last");

        AssertCalm(before, Odd.Length + 1);
    }

    // As a phone that loses its network does.
    [TestCase(null, "/mcp")]
    [TestCase("bad", "/mcp")]
    [TestCase("good", "/mcp")]
    [TestCase("good", "/messages?sessionId=x")]
    public async Task Post_ResetWithinItsBody_LeavesTheLogCalm(string? token, string path)
    {
        var end = new TaskCompletionSource();
        using var lines = new JsonLineCollector(TimeProvider.System);
        await using var own = await ProtectedServer.StartAsync(
            [],
            _ => [],
            configure: builder =>
            {
                builder.Logging.AddProvider(lines);
                builder.WebHost.ConfigureKestrel(kestrel =>
                    kestrel.ConfigureEndpointDefaults(endpoint =>
                        endpoint.Use(next =>
                            async connection =>
                            {
                                await next(connection);
                                end.TrySetResult();
                            }
                        )
                    )
                );
            }
        );
        var authorization = token is null
            ? ""
            : $"Authorization: Bearer {(token == "good" ? own.Issuer.Token() : token)}\r\n";
        using (var client = new TcpClient { LingerState = new(true, 0) })
        {
            await client.ConnectAsync("localhost", new Uri(own.Address).Port);
            await client
                .GetStream()
                .WriteAsync(
                    Encoding.ASCII.GetBytes(
                        $"POST {path} HTTP/1.1\r\nHost: {new Uri(own.Address).Authority}\r\nContent-Type: application/json\r\n{authorization}Expect: 100-continue\r\nContent-Length: 1000\r\n\r\n"
                    )
                );
            // The server asks for the body when it begins to read it.
            Assert.That(
                await new StreamReader(client.GetStream()).ReadLineAsync(),
                Is.EqualTo("HTTP/1.1 100 Continue")
            );
        }

        await end.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.That(lines.Records.Where(line => (string?)line["level"] is "error" or "critical"), Is.Empty);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Post_BodyThatStopsShort_LeavesTheLogCalm(bool hasToken)
    {
        var end = new TaskCompletionSource();
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        using var lines = new JsonLineCollector(TimeProvider.System);
        await using var own = await ProtectedServer.StartAsync(
            [],
            _ => [],
            time,
            builder =>
            {
                builder.Logging.AddProvider(lines);
                builder.WebHost.ConfigureKestrel(kestrel =>
                    kestrel.ConfigureEndpointDefaults(endpoint =>
                        endpoint.Use(next =>
                            async connection =>
                            {
                                await next(connection);
                                end.TrySetResult();
                            }
                        )
                    )
                );
            }
        );
        var authorization = hasToken ? $"Authorization: Bearer {own.Issuer.Token()}\r\n" : "";
        using var client = new TcpClient();
        await client.ConnectAsync("localhost", new Uri(own.Address).Port);
        await client
            .GetStream()
            .WriteAsync(
                Encoding.ASCII.GetBytes(
                    $"POST /mcp HTTP/1.1\r\nHost: {new Uri(own.Address).Authority}\r\nContent-Type: application/json\r\n{authorization}Expect: 100-continue\r\nContent-Length: 1000\r\n\r\n"
                )
            );
        using var reader = new StreamReader(client.GetStream());
        // The server asks for the body when it begins to read it, which is when its deadline begins.
        Assert.That(await reader.ReadLineAsync(), Is.EqualTo("HTTP/1.1 100 Continue"));
        await reader.ReadLineAsync();
        await client.GetStream().WriteAsync("{"u8.ToArray());
        time.Advance(TimeSpan.FromSeconds(11));
        Assert.That(await reader.ReadLineAsync(), Is.EqualTo("HTTP/1.1 408 Request Timeout"));
        await end.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.That(lines.Records.Where(line => (string?)line["level"] is "error" or "critical"), Is.Empty);
    }

    [Test]
    public async Task Token_EveryBadOne_LeavesTheLogShortAndCalm()
    {
        var before = log.Lines.Count;
        var hostile = new string('"', 3000) + "\U0001F600\u202e\n";
        var answers = 0;
        foreach (var name in (string[])["alg", "typ", "kid", "crit", "jku"])
        {
            for (var count = 0; count < 20; count++, answers++)
            {
                await server.StatusAsync(server.Issuer.Token(header: head => head[name] = hostile));
            }
        }

        foreach (var name in (string[])["iss", "aud", "sub", "exp", "scope", "client_id"])
        {
            for (var count = 0; count < 20; count++, answers++)
            {
                await server.StatusAsync(server.Issuer.Token(body => body[name] = hostile));
            }
        }

        AssertCalm(before, answers / 4);
    }

    [Test]
    public async Task Health_IsNeverLogged()
    {
        using var http = new HttpClient();
        var before = log.Lines.Count;
        foreach (var path in (string[])["/healthz", "/healthz", "/healthz?x=%00"])
        {
            using var response = await http.GetAsync(server.Address + path);
        }

        Assert.That(
            log.Lines.Skip(before).Where(line => !line.Contains("\"level\":\"debug\"", StringComparison.Ordinal)),
            Is.Empty
        );
    }

    private void AssertCalm(int before, int answers)
    {
        // The lines that production writes: nothing below information.
        var lines = log
            .Lines.Skip(before)
            .Where(line => (string?)JsonNode.Parse(line)!["level"] is not ("debug" or "trace"))
            .ToList();
        Assert.That(lines.Where(line => (string?)JsonNode.Parse(line)!["level"] is "error" or "critical"), Is.Empty);
        Assert.That(lines.Where(line => System.Text.Encoding.UTF8.GetByteCount(line) > LongestLine), Is.Empty);
        Assert.That(lines, Has.Count.LessThanOrEqualTo(answers));
    }
}
