using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using ModelContextProtocol.Client;
using NeonPanel.Mcp.Server.Tests.Calls.Forms;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Server.Tests.Telemetry.Otlp;
using NUnit.Framework;
using StackExchange.Redis;

namespace NeonPanel.Mcp.Server.Tests.Transport;

/// <summary>Two instances and a real Redis: a message posted to either reaches the stream of its session.</summary>
[Category("Slow")]
internal sealed class LegacySseRelayTests
{
    private const string Ping = """{"jsonrpc":"2.0","id":"ping","method":"ping"}""";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private RedisServer redis = null!;
    private (string Name, string Value)[] settings = [];
    private ProtectedServer owner = null!;
    private ProtectedServer other = null!;

    [SetUp]
    public async Task StartAsync()
    {
        redis = await RedisServer.StartAsync();
        settings = [("Redis:ConnectionString", redis.ConnectionString), ("Limits:CallsPerMinutePerUser", "1000000")];
        owner = await ProtectedServer.StartAsync(settings);
        other = await owner.StartBesideAsync(settings);
        owner.Issuer.Api = context => context.Response.WriteAsync("""{"data":[]}""");
    }

    [TearDown]
    public async Task StopAsync()
    {
        // Where the first could not start, neither did the others.
        foreach (var started in new IAsyncDisposable?[] { other, owner, redis })
        {
            await (started?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    [TestCase("/sse", HttpTransportMode.Sse)]
    [TestCase("/mcp", HttpTransportMode.StreamableHttp)]
    public async Task Client_BehindARoundRobinProxy_CallsWithoutAFailure(string path, HttpTransportMode mode)
    {
        using var http = new HttpClient(new RoundRobin(owner.Address, other.Address));
        await using var client = await McpClient.CreateAsync(
            new HttpClientTransport(
                new()
                {
                    Endpoint = new(owner.Address + path),
                    TransportMode = mode,
                    AdditionalHeaders = new Dictionary<string, string>
                    {
                        ["Authorization"] = "Bearer " + owner.Issuer.Token(),
                    },
                },
                http
            )
        );
        Assert.That(await client.ListToolsAsync(), Is.Not.Empty);
        for (var call = 0; call < 20; call++)
        {
            var result = await client.CallToolAsync("listCompanies");
            Assert.That(result.IsError, Is.Not.True);
        }
    }

    [Test]
    public async Task Post_ToAnotherInstance_IsCalledWithItsOwnTokenAndNothingIsKept()
    {
        var credentials = new List<string>();
        owner.Issuer.Api = context =>
        {
            credentials.Add(context.Request.Headers.Authorization + " " + context.Request.Headers["X-Correlation-Id"]);
            return context.Response.WriteAsync("{}");
        };
        using var stream = await SseStream.OpenAsync(owner.Address, owner.Issuer.Token());
        var refreshed = owner.Issuer.Token(body => body["jti"] = "refreshed");
        using var accepted = await stream.PostAsync(
            SseStream.Call(3),
            refreshed,
            other.Address + stream.Endpoint,
            "test-3"
        );
        Assert.That(accepted.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That((await stream.ReadMessageAsync())["id"]!.GetValue<int>(), Is.EqualTo(3));
        Assert.That(credentials, Is.EqualTo(new[] { $"Bearer {refreshed} test-3" }));
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        // The counts of the users' calls are the only keys.
        Assert.That(
            connection.GetServers()[0].Keys().Select(key => key.ToString()),
            Is.All.StartsWith("neonpanel-mcp:user:")
        );
    }

    // The instance of the stream knows what the client announced, and which call waits.
    [Test]
    public async Task Form_AnsweredAtAnotherInstance_ReachesItsCall()
    {
        var api = new FormsApi();
        owner.Issuer.Api = api.AnswerAsync;
        using var stream = await SseStream.OpenAsync(owner.Address, owner.Issuer.Token());
        await PostAsync(
            SseStream
                .Initialize.Replace("2024-11-05", "2025-11-25")
                .Replace("\"capabilities\":{}", "\"capabilities\":{\"elicitation\":{}}")
        );
        await stream.ReadMessageAsync();
        await PostAsync(
            $$$"""{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"deleteProduct","arguments":{"companyUuid":"{{{FormsApi.Pine}}}","productId":5} } }"""
        );
        var form = await stream.ReadMessageAsync();
        Assert.That((string?)form["method"], Is.EqualTo("elicitation/create"));
        await PostAsync($$$"""{"jsonrpc":"2.0","id":"{{{form["id"]}}}","result":{"action":"accept","content":{} } }""");
        Assert.That((int)(await stream.ReadMessageAsync())["id"]!, Is.EqualTo(2));
        Assert.That(api.Written, Is.EqualTo(new[] { $"DELETE /api/v1/companies/{FormsApi.Pine}/products/5" }));

        async Task PostAsync(string message)
        {
            using var accepted = await stream.PostAsync(message, endpoint: other.Address + stream.Endpoint);
            Assert.That(accepted.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        }
    }

    // The header that narrows the message at the instance where it arrives also narrows it at the instance that calls.
    [TestCase(true)]
    [TestCase(false)]
    public async Task Post_ThatOnlyReads_IsNarrowedWhereverItIsPosted(bool toOther)
    {
        using var stream = await SseStream.OpenAsync(owner.Address, owner.Issuer.Token());
        using var accepted = await stream.PostAsync(
            SseStream.Call(9, "createDocuments"),
            endpoint: (toOther ? other : owner).Address + stream.Endpoint,
            isReadOnly: true
        );
        Assert.That((await stream.ReadMessageAsync())["error"]!["message"]!.ToString(), Does.Contain("X-MCP-Readonly"));
    }

    [Test]
    public async Task Post_WhatIsWrong_IsAnsweredAsByTheOwner()
    {
        using var stream = await SseStream.OpenAsync(owner.Address, owner.Issuer.Token());
        var there = other.Address + stream.Endpoint;
        var stranger = owner.Issuer.Token(body => body["sub"] = "stranger");
        Assert.That(await StatusAsync(stream.PostAsync(Ping, stranger, there)), Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await StatusAsync(stream.PostAsync("[]", endpoint: there)), Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await StatusAsync(stream.PostAsync(Ping, "bad", there)), Is.EqualTo(HttpStatusCode.Unauthorized));
        // The right instance but no such stream; no such instance; no instance at all.
        foreach (
            var forged in new[]
            {
                there.Replace("sessionId=", "sessionId=f", StringComparison.Ordinal),
                Forged(there, 0, 32),
                Forged(there, 33, 16),
                there[..^17],
                there[..^1] + "*",
            }
        )
        {
            Assert.That(
                await StatusAsync(stream.PostAsync(Ping, endpoint: forged)),
                Is.EqualTo(HttpStatusCode.NotFound),
                forged
            );
        }

        Assert.That(await StatusAsync(stream.PostAsync(Ping, endpoint: there)), Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That((await stream.ReadMessageAsync())["id"]!.ToString(), Is.EqualTo("ping"));
    }

    [Test]
    public async Task Post_ToAnotherInstance_IsOneTraceDownToTheApi()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        (string, string)[] traced = [.. settings, ("Telemetry:OtlpEndpoint", collector.Address)];
        await using var holder = await owner.StartBesideAsync(traced);
        await using var poster = await owner.StartBesideAsync(traced);
        var parents = new List<string?>();
        owner.Issuer.Api = context =>
        {
            parents.Add(context.Request.Headers.TraceParent);
            return context.Response.WriteAsync("""{"data":[]}""");
        };
        using var stream = await SseStream.OpenAsync(holder.Address, owner.Issuer.Token());
        using var span = new Activity("client").SetIdFormat(ActivityIdFormat.W3C);
        span.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        span.Start();
        using var response = await stream.PostAsync(SseStream.Call(1), endpoint: poster.Address + stream.Endpoint);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        await stream.ReadMessageAsync();
        Assert.That(parents.Single(), Does.StartWith($"00-{span.TraceId}-"));
    }

    [Test]
    public async Task Post_WhoseOwnerIsGone_Is404()
    {
        using var stream = await SseStream.OpenAsync(other.Address, owner.Issuer.Token());
        Assert.That(
            await StatusAsync(stream.PostAsync(Ping, endpoint: owner.Address + stream.Endpoint)),
            Is.EqualTo(HttpStatusCode.Accepted)
        );
        await other.DisposeAsync();
        other = null!;
        using var refused = await stream.PostAsync(Ping, endpoint: owner.Address + stream.Endpoint);
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(
            await refused.Content.ReadAsStringAsync(),
            Does.StartWith("There is no such session: its stream has ended.")
        );
    }

    [Test]
    public async Task Post_WhoseOwnerDoesNotAnswer_Is503AndTheTokenComesLast()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var waiting = await owner.StartBesideAsync(settings, time);
        using var stream = await SseStream.OpenAsync(owner.Address, owner.Issuer.Token());
        const string silent = "0123456789abcdef";
        var heard = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        await connection
            .GetSubscriber()
            .SubscribeAsync(RedisChannel.Literal("neonpanel-mcp:messages:" + silent), (_, message) =>
                heard.TrySetResult(message!)
            );
        var token = owner.Issuer.Token();
        var post = stream.PostAsync(Ping, token, waiting.Address + stream.Endpoint[..^16] + silent);
        var message = await heard.Task.WaitAsync(Patience);
        time.Advance(TimeSpan.FromSeconds(5));
        using var refused = await post;
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(refused.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(30)));
        Assert.That(
            message.IndexOf(token, StringComparison.Ordinal),
            Is.GreaterThan(128),
            "beyond what Redis keeps of a slow command"
        );
        Assert.That(message, Does.EndWith(token + "\"}"));
    }

    [Test]
    public async Task Message_PutIntoRedisByAnotherHand_NeedsAGoodTokenOfTheStreamsUser()
    {
        using var stream = await SseStream.OpenAsync(owner.Address, owner.Issuer.Token());
        var session = stream.Endpoint.Split('=')[1];
        const string from = "fedcba9876543210";
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        var subscriber = connection.GetSubscriber();
        var answers = await subscriber.SubscribeAsync(RedisChannel.Literal("neonpanel-mcp:answers:" + from));
        var channel = RedisChannel.Literal("neonpanel-mcp:messages:" + session[^16..]);
        string[] garbage = ["", "x", "null", "[]", "{}", """{"From":"*","Number":1}"""];
        foreach (var text in garbage)
        {
            Assert.That(await subscriber.PublishAsync(channel, text), Is.EqualTo(1));
        }

        var tokens = new[]
        {
            "bad",
            owner.Issuer.Token(body => body["sub"] = "stranger"),
            owner.Issuer.Token(body => body["exp"] = TestIssuer.Now - 600),
            owner.Issuer.Token(),
        };
        var admissions = new List<int>();
        foreach (var token in tokens)
        {
            var message = new JsonObject
            {
                ["From"] = from,
                ["Number"] = admissions.Count,
                ["SessionId"] = session,
                ["CorrelationId"] = "c",
                ["Body"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(Ping)),
                ["Token"] = token,
            };
            await subscriber.PublishAsync(channel, message.ToJsonString());
            var answer = JsonNode.Parse((string)(await answers.ReadAsync().AsTask().WaitAsync(Patience)).Message!)!;
            Assert.That(answer["Number"]!.GetValue<int>(), Is.EqualTo(admissions.Count));
            admissions.Add(answer["Admission"]!.GetValue<int>());
        }

        Assert.That(admissions, Is.EqualTo(new[] { 1, 1, 1, 0 }), "no such session, but for the last");
        Assert.That((await stream.ReadMessageAsync())["id"]!.ToString(), Is.EqualTo("ping"));
    }

    [Test]
    public async Task Post_WhileRedisIsAway_Is503ForOthersStreamsOnlyUntilItIsBack()
    {
        using var stream = await SseStream.OpenAsync(owner.Address, owner.Issuer.Token());
        await redis.StopAsync();
        Assert.That(
            await StatusAsync(stream.PostAsync(Ping, endpoint: other.Address + stream.Endpoint)),
            Is.EqualTo(HttpStatusCode.ServiceUnavailable)
        );
        Assert.That(await StatusAsync(stream.PostAsync(Ping)), Is.EqualTo(HttpStatusCode.Accepted));
        await using var late = await owner.StartBesideAsync(settings);
        await late.Log.WaitForAsync("Warning 5001 Redis is not connected");
        await redis.RestartAsync();
        foreach (var instance in new[] { other, late })
        {
            // Until they have found it again: the requests themselves take up the time.
            var status = HttpStatusCode.ServiceUnavailable;
            for (
                var deadline = TimeProvider.System.GetUtcNow() + Patience;
                status != HttpStatusCode.Accepted && TimeProvider.System.GetUtcNow() < deadline;

            )
            {
                status = await StatusAsync(stream.PostAsync(Ping, endpoint: instance.Address + stream.Endpoint));
            }

            Assert.That(status, Is.EqualTo(HttpStatusCode.Accepted));
        }
    }

    private static string Forged(string endpoint, int at, int length)
    {
        var start = endpoint.IndexOf('=', StringComparison.Ordinal) + 1 + at;
        return endpoint[..start] + new string('0', length) + endpoint[(start + length)..];
    }

    private static async Task<HttpStatusCode> StatusAsync(Task<HttpResponseMessage> post)
    {
        using var response = await post;
        return response.StatusCode;
    }
}
