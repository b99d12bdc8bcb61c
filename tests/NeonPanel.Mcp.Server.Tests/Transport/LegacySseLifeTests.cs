using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Server.Transport.LegacySse;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Transport;

/// <summary>The lifetime of streams, the number of streams that the server allows, and the resources that streams leave
/// behind (rules A7, A8, F1, F3).</summary>
[Category("Slow")]
internal sealed class LegacySseLifeTests
{
    private const string Ping = """{"jsonrpc":"2.0","id":"ping","method":"ping"}""";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Test]
    public async Task Open_OverAUsersStreams_Is429UntilOneCloses()
    {
        await using var server = await ProtectedServer.StartAsync(("Mcp:LegacySse:MaxSessionsPerUser", "1"));
        var first = await SseStream.OpenAsync(server.Address, server.Issuer.Token());
        Assert.That(
            await RefusalAsync(server, server.Issuer.Token(body => body["jti"] = "another token")),
            Is.EqualTo(HttpStatusCode.TooManyRequests)
        );
        using var other = await SseStream.OpenAsync(server.Address, server.Issuer.Token(body => body["sub"] = "other"));
        first.Dispose();
        await UntilAsync(server, count: 1);
        using var again = await SseStream.OpenAsync(server.Address, server.Issuer.Token());
        Assert.That(again.Endpoint, Is.Not.Empty);
    }

    [Test]
    public async Task Server_WhoseRedisDoesNotAnswer_StartsAndServesItsOwnStreamsMeanwhile()
    {
        using var silent = new TcpListener(IPAddress.Loopback, LoopbackPorts.FreePair());
        silent.Start();
        var start = ProtectedServer.StartAsync(
            ("Redis:ConnectionString", $"{silent.LocalEndpoint},connectTimeout=60000")
        );
        await using var server = await start.WaitAsync(Patience);
        using var stream = await SseStream.OpenAsync(server.Address, server.Issuer.Token());
        using var response = await stream.PostAsync(Ping);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That((string?)(await stream.ReadMessageAsync())["id"], Is.EqualTo("ping"));
    }

    [Test]
    public async Task Open_OverAllStreams_Is503WithAPause()
    {
        await using var server = await ProtectedServer.StartAsync(("Mcp:LegacySse:MaxSessions", "1"));
        using var first = await SseStream.OpenAsync(server.Address, server.Issuer.Token());
        Assert.That(
            await RefusalAsync(server, server.Issuer.Token(body => body["sub"] = "other")),
            Is.EqualTo(HttpStatusCode.ServiceUnavailable)
        );
    }

    [Test]
    public async Task Stream_WithoutMessages_BeatsAtMostEvery25SecondsAndEndsWhenIdle()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = await ProtectedServer.StartAsync([("Mcp:LegacySse:IdleTimeout", "2m")], _ => [], time);
        using var stream = await SseStream.OpenAsync(
            server.Address,
            server.Issuer.Token(body => body["exp"] = TestIssuer.Now + 10)
        );
        var silence = TimeSpan.Zero;
        var beats = 0;
        var next = stream.ReadEventAsync();
        // A message now and then keeps a stream from being idle, longer than the token that opened it lasts.
        for (var elapsed = TimeSpan.Zero; elapsed < TimeSpan.FromMinutes(5); elapsed += TimeSpan.FromSeconds(5))
        {
            time.Advance(TimeSpan.FromSeconds(5));
            silence += TimeSpan.FromSeconds(5);
            if (silence >= TimeSpan.FromSeconds(20))
            {
                Assert.That(await next, Is.EqualTo(":"));
                (silence, next) = (TimeSpan.Zero, stream.ReadEventAsync());
                beats++;
            }

            if (elapsed.TotalSeconds is 100 or 200)
            {
                using var accepted = await stream.PostAsync(
                    Ping,
                    server.Issuer.Token(body => body["exp"] = TestIssuer.Now + 900)
                );
                var answer = await next;
                while (answer == ":")
                {
                    answer = await stream.ReadEventAsync();
                }

                Assert.That(answer, Does.StartWith("event: message"));
                (silence, next) = (TimeSpan.Zero, stream.ReadEventAsync());
            }
        }

        Assert.That(beats, Is.GreaterThanOrEqualTo(10));
        time.Advance(TimeSpan.FromSeconds(20));
        Assert.That(await next, Is.EqualTo(":"));
        time.Advance(TimeSpan.FromSeconds(20));
        do
        {
            next = stream.ReadEventAsync();
        } while (await next == ":");

        Assert.That(await next, Is.Null, "the stream has ended");
        using var late = await stream.PostAsync(Ping, server.Issuer.Token(body => body["exp"] = TestIssuer.Now + 900));
        Assert.That(late.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        await UntilAsync(server, count: 0);
    }

    [Test]
    public async Task Call_OverTheUsersLimit_IsAResultThatSaysHowLongToWait()
    {
        // One of them for the opening.
        await using var server = await ProtectedServer.StartAsync(("Limits:CallsPerMinutePerUser", "4"));
        using var stream = await SseStream.OpenAsync(server.Address, server.Issuer.Token());
        for (var call = 1; call <= 3; call++)
        {
            using var accepted = await stream.PostAsync(SseStream.Call(call));
            Assert.That((await stream.ReadMessageAsync())["result"]!["isError"]?.GetValue<bool>(), Is.Not.True);
        }

        using var over = await stream.PostAsync(SseStream.Call(4));
        Assert.That(over.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        var refusal = await stream.ReadMessageAsync();
        Assert.That(refusal["id"]!.GetValue<int>(), Is.EqualTo(4));
        Assert.That(refusal["result"]!["isError"]!.GetValue<bool>(), Is.True);
        Assert.That(
            refusal["result"]!["content"]![0]!["text"]!.ToString(),
            Does.Match("^The tool was not called\\. Too many requests\\. Wait 15 s,")
        );
        using var ping = await stream.PostAsync(Ping);
        Assert.That(
            (await stream.ReadMessageAsync())["error"]!["message"]!.ToString(),
            Does.StartWith("Too many requests. Wait ")
        );
        // Where there is no stream, the POST itself is refused.
        using var unknown = await stream.PostAsync(SseStream.Call(5), endpoint: "/messages?sessionId=none");
        Assert.That(unknown.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
    }

    [Test]
    public async Task Calls_AtOnceOverAUsersPlaces_AreResultsUntilOneEnds()
    {
        await using var server = await ProtectedServer.StartAsync(("Limits:ConcurrentCallsPerUser", "1"));
        var (entered, released) = HoldApi(server);
        using var stream = await SseStream.OpenAsync(server.Address, server.Issuer.Token());
        using var first = await stream.PostAsync(SseStream.Call(1));
        await entered.Task.WaitAsync(Patience);
        using var second = await stream.PostAsync(SseStream.Call(2));
        var refusal = await stream.ReadMessageAsync();
        Assert.That(
            (refusal["id"]!.GetValue<int>(), refusal["result"]!["isError"]!.GetValue<bool>()),
            Is.EqualTo((2, true))
        );
        released.SetResult();
        Assert.That((await stream.ReadMessageAsync())["id"]!.GetValue<int>(), Is.EqualTo(1));
        using var third = await stream.PostAsync(SseStream.Call(3));
        Assert.That((await stream.ReadMessageAsync())["result"]!["isError"]?.GetValue<bool>(), Is.Not.True);
    }

    [Test]
    public async Task Call_WithAnIdThatIsInFlight_Is400()
    {
        await using var server = await ProtectedServer.StartAsync();
        var (entered, released) = HoldApi(server);
        using var stream = await SseStream.OpenAsync(server.Address, server.Issuer.Token());
        using var first = await stream.PostAsync(SseStream.Call(1));
        await entered.Task.WaitAsync(Patience);
        using var second = await stream.PostAsync(SseStream.Call(1));
        Assert.That(second.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        released.SetResult();
        Assert.That((await stream.ReadMessageAsync())["id"]!.GetValue<int>(), Is.EqualTo(1));
        using var third = await stream.PostAsync(SseStream.Call(1));
        Assert.That(third.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
    }

    [Test]
    public async Task Call_ThatTheClientCancels_IsCancelledUpstreamAndNotAnswered()
    {
        await using var server = await ProtectedServer.StartAsync();
        var (entered, cancelled) = WatchApi(server);
        using var stream = await SseStream.OpenAsync(server.Address, server.Issuer.Token());
        using var call = await stream.PostAsync(SseStream.Call(1));
        await entered.Task.WaitAsync(Patience);
        using var other = await stream.PostAsync(
            """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"1"}}"""
        );
        Assert.That(cancelled.Task.IsCompleted, Is.False, "the text 1 is another id than the number");
        using var cancel = await stream.PostAsync(
            """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}"""
        );
        Assert.That(cancel.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        await cancelled.Task.WaitAsync(Patience);
        using var ping = await stream.PostAsync(Ping);
        Assert.That((await stream.ReadMessageAsync())["id"]!.ToString(), Is.EqualTo("ping"));
    }

    [Test]
    public async Task Call_WhoseClientLeaves_IsCancelledUpstream()
    {
        await using var server = await ProtectedServer.StartAsync();
        var (entered, cancelled) = WatchApi(server);
        var stream = await SseStream.OpenAsync(server.Address, server.Issuer.Token());
        using var call = await stream.PostAsync(SseStream.Call(1));
        await entered.Task.WaitAsync(Patience);
        stream.Dispose();
        await cancelled.Task.WaitAsync(Patience);
        await UntilAsync(server, count: 0);
    }

    [Test]
    public async Task Stop_WithACallInFlight_AnswersItAndClosesIdleStreamsAtOnce()
    {
        await using var server = await ProtectedServer.StartAsync();
        var (entered, released) = HoldApi(server);
        using var idle = await SseStream.OpenAsync(server.Address, server.Issuer.Token());
        using var busy = await SseStream.OpenAsync(server.Address, server.Issuer.Token());
        using var call = await busy.PostAsync(SseStream.Call(1));
        await entered.Task.WaitAsync(Patience);
        var stopping = server.StopAsync();
        Assert.That(await idle.ReadEventAsync(), Is.Null);
        Assert.That(stopping.IsCompleted, Is.False);
        released.SetResult();
        Assert.That((await busy.ReadMessageAsync())["id"]!.GetValue<int>(), Is.EqualTo(1));
        Assert.That(await busy.ReadEventAsync(), Is.Null);
        await stopping.WaitAsync(Patience);
    }

    // Of revision 2026-07-28: a request that is never answered.
    [TestCase(true)]
    [TestCase(false)]
    public async Task Stream_WithASubscription_EndsAllTheSame(bool byIdleness)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = await ProtectedServer.StartAsync(
            [("Mcp:LegacySse:IdleTimeout", "10s")],
            _ => [],
            time
        );
        using var stream = await SseStream.OpenAsync(server.Address, server.Issuer.Token());
        using var accepted = await stream.PostAsync(
            """
            {"jsonrpc":"2.0","id":1,"method":"subscriptions/listen","params":{"notifications":{"toolsListChanged":true},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}
            """
        );
        Assert.That(
            (await stream.ReadMessageAsync())["method"]!.ToString(),
            Is.EqualTo("notifications/subscriptions/acknowledged")
        );
        var stopping = Task.CompletedTask;
        if (byIdleness)
        {
            time.Advance(TimeSpan.FromSeconds(10));
        }
        else
        {
            stopping = server.StopAsync();
        }

        Assert.That(await stream.ReadEventAsync(), Is.Null);
        await stopping.WaitAsync(Patience);
    }

    // The request is over soon after its error, so that its id can be used again.
    [Test]
    public async Task Subscription_InTheInitializeEra_IsRefusedAndOver()
    {
        await using var server = await ProtectedServer.StartAsync();
        using var stream = await SseStream.OpenAsync(server.Address, server.Issuer.Token());
        var deadline = TimeProvider.System.GetUtcNow() + Patience;
        foreach (var _ in (int[])[1, 2])
        {
            HttpStatusCode status;
            do
            {
                using var posted = await stream.PostAsync(
                    """{"jsonrpc":"2.0","id":1,"method":"subscriptions/listen","params":{"notifications":{}}}"""
                );
                status = posted.StatusCode;
            } while (status == HttpStatusCode.BadRequest && TimeProvider.System.GetUtcNow() < deadline);

            Assert.That(status, Is.EqualTo(HttpStatusCode.Accepted));
            Assert.That((await stream.ReadMessageAsync())["error"]!["code"]!.GetValue<int>(), Is.EqualTo(-32601));
        }
    }

    [Test]
    public async Task Streams_OpenedAndAbandoned_LeaveNothing()
    {
        await using var server = await ProtectedServer.StartAsync(
            ("Mcp:LegacySse:MaxSessionsPerUser", "1000"),
            ("Limits:CallsPerMinutePerUser", "100000")
        );
        var token = server.Issuer.Token();
        var request = Encoding.ASCII.GetBytes(
            $"GET /sse HTTP/1.1\r\nHost: {new Uri(server.Address).Authority}\r\nAuthorization: Bearer {token}\r\n\r\n"
        );
        for (var stream = 0; stream < 1000; stream++)
        {
            using var client = new TcpClient();
            await client.ConnectAsync("localhost", new Uri(server.Address).Port);
            await client.GetStream().WriteAsync(request);
            if (stream % 2 == 0)
            {
                // Half leave once the stream is open, half before they could know.
                _ = await client.GetStream().ReadAsync(new byte[256]);
            }

            client.LingerState = new(enable: stream % 3 == 0, seconds: 0);
        }

        await UntilAsync(server, count: 0);
        using var again = await SseStream.OpenAsync(server.Address, token);
        Assert.That(server.Log.Lines.Where(line => line.StartsWith("Error", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task Stream_WhoseReaderNeverReads_IsCutBeforeItHoldsMuch()
    {
        await using var server = await ProtectedServer.StartAsync(("Limits:CallsPerMinutePerUser", "1000000"));
        var token = server.Issuer.Token();
        using var client = new TcpClient { ReceiveBufferSize = 4096 };
        await client.ConnectAsync("localhost", new Uri(server.Address).Port);
        await client
            .GetStream()
            .WriteAsync(
                Encoding.ASCII.GetBytes(
                    $"GET /sse HTTP/1.1\r\nHost: {new Uri(server.Address).Authority}\r\nAuthorization: Bearer {token}\r\n\r\n"
                )
            );
        var head = new StringBuilder();
        var buffer = new byte[1024];
        while (!head.ToString().Contains("\n\n\r\n", StringComparison.Ordinal))
        {
            head.Append(Encoding.ASCII.GetString(buffer, 0, await client.GetStream().ReadAsync(buffer)));
        }

        var endpoint = System.Text.RegularExpressions.Regex.Match(head.ToString(), "/messages\\S+").Value;
        using var http = new HttpClient { BaseAddress = new(server.Address) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var status = HttpStatusCode.Accepted;
        var lists = 0;
        // A list is some 200 KB; the system's own buffers take a few MB.
        for (; status == HttpStatusCode.Accepted && lists < 500; lists++)
        {
            using var content = new StringContent(
                $$"""{"jsonrpc":"2.0","id":{{lists}},"method":"tools/list"}""",
                Encoding.UTF8,
                "application/json"
            );
            using var posted = await http.PostAsync(endpoint, content);
            status = posted.StatusCode;
        }

        Assert.That(status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(lists, Is.LessThan(200));
        await UntilAsync(server, count: 0);
    }

    private static (TaskCompletionSource Entered, TaskCompletionSource Released) HoldApi(ProtectedServer server)
    {
        var (entered, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        server.Issuer.Api = async context =>
        {
            entered.TrySetResult();
            await released.Task;
            await context.Response.WriteAsync("{}");
        };
        return (entered, released);
    }

    private static (TaskCompletionSource Entered, TaskCompletionSource Cancelled) WatchApi(ProtectedServer server)
    {
        var (entered, cancelled) = (new TaskCompletionSource(), new TaskCompletionSource());
        server.Issuer.Api = async context =>
        {
            using var registration = context.RequestAborted.Register(() => cancelled.TrySetResult());
            entered.TrySetResult();
            await cancelled.Task;
        };
        return (entered, cancelled);
    }

    private static async Task<HttpStatusCode> RefusalAsync(ProtectedServer server, string token)
    {
        using var http = new HttpClient { BaseAddress = new(server.Address) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.GetAsync("/sse");
        Assert.That(response.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(30)));
        return response.StatusCode;
    }

    // The server notices that a connection is gone when it notices; asking for its health gives it time.
    private static async Task UntilAsync(ProtectedServer server, int count)
    {
        using var http = new HttpClient();
        var sessions = server.Services.GetRequiredService<LegacySseSessions>();
        var deadline = TimeProvider.System.GetUtcNow() + Patience;
        while (sessions.Count != count && TimeProvider.System.GetUtcNow() < deadline)
        {
            using var health = await http.GetAsync(server.Address + "/healthz");
        }

        Assert.That(sessions.Count, Is.EqualTo(count));
    }
}
