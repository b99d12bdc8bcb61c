using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Transport;

/// <summary>Every request to the older transport counts against its user's limit, whatever it holds (rule
/// F3).</summary>
[Category("Slow")]
internal sealed class LegacySseLimitTests
{
    private const string Ping = """{"jsonrpc":"2.0","id":"ping","method":"ping"}""";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // The stream itself is the first of the calls.
    [TestCase("""{"jsonrpc":"2.0","method":"notifications/initialized"}""", HttpStatusCode.Accepted)]
    [TestCase(
        """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}""",
        HttpStatusCode.Accepted
    )]
    [TestCase("""{"jsonrpc":"2.0","id":1,"result":{}}""", HttpStatusCode.Accepted)]
    [TestCase("""{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"x"}}""", HttpStatusCode.Accepted)]
    [TestCase("no message", HttpStatusCode.BadRequest)]
    [TestCase("[]", HttpStatusCode.BadRequest)]
    [TestCase("", HttpStatusCode.BadRequest)]
    public async Task Post_OverTheUsersLimit_Is429WhateverItHolds(string body, HttpStatusCode within)
    {
        await using var server = await ProtectedServer.StartAsync(("Limits:CallsPerMinutePerUser", "4"));
        using var stream = await SseStream.OpenAsync(server.Address, server.Issuer.Token());
        for (var post = 0; post < 3; post++)
        {
            using var taken = await stream.PostAsync(body);
            Assert.That(taken.StatusCode, Is.EqualTo(within));
        }

        using var over = await stream.PostAsync(body);
        Assert.That(over.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(over.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(15)));
    }

    [TestCase("/messages")]
    [TestCase("/messages?sessionId=none")]
    public async Task Post_WithoutAStream_CountsAsWell(string endpoint)
    {
        await using var server = await ProtectedServer.StartAsync(("Limits:CallsPerMinutePerUser", "3"));
        using var stream = await SseStream.OpenAsync(server.Address, server.Issuer.Token());
        using var first = await stream.PostAsync(Ping, endpoint: endpoint);
        using var second = await stream.PostAsync(Ping, endpoint: endpoint);
        using var over = await stream.PostAsync(Ping, endpoint: endpoint);
        Assert.That(first.StatusCode, Is.Not.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(over.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
    }

    [Test]
    public async Task Open_OverTheUsersLimit_Is429AndOthersOpen()
    {
        await using var server = await ProtectedServer.StartAsync(("Limits:CallsPerMinutePerUser", "3"));
        for (var opening = 0; opening < 3; opening++)
        {
            using var stream = await SseStream.OpenAsync(server.Address, server.Issuer.Token());
        }

        using var http = new HttpClient { BaseAddress = new(server.Address) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Issuer.Token());
        using var over = await http.GetAsync("/sse");
        Assert.That(
            (over.StatusCode, over.Headers.RetryAfter!.Delta),
            Is.EqualTo((HttpStatusCode.TooManyRequests, (TimeSpan?)TimeSpan.FromSeconds(20)))
        );
        using var other = await SseStream.OpenAsync(server.Address, server.Issuer.Token(body => body["sub"] = "other"));
    }

    [Test]
    public async Task Stream_ThatIsOpen_HoldsNoPlaceOfItsUser()
    {
        await using var server = await ProtectedServer.StartAsync(("Limits:ConcurrentCallsPerUser", "1"));
        var token = server.Issuer.Token();
        using var first = await SseStream.OpenAsync(server.Address, token);
        using var second = await SseStream.OpenAsync(server.Address, token);
        Assert.That(await server.StatusAsync(token), Is.EqualTo(HttpStatusCode.OK));
    }

    // A refused message must not keep its place, nor one that needs no answer.
    [TestCase("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}""", null)]
    [TestCase("no message", null)]
    [TestCase(Ping, "/messages")]
    [TestCase(Ping, "/messages?sessionId=none")]
    public async Task Post_ThatIsDone_GivesItsPlaceBack(string body, string? endpoint)
    {
        await using var server = await ProtectedServer.StartAsync(("Limits:ConcurrentCallsPerUser", "1"));
        using var stream = await SseStream.OpenAsync(server.Address, server.Issuer.Token());
        using var done = await stream.PostAsync(body, endpoint: endpoint);
        Assert.That(await server.StatusAsync(server.Issuer.Token()), Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Cancellation_WhileAllPlacesAreTaken_GoesThrough()
    {
        await using var server = await ProtectedServer.StartAsync(("Limits:ConcurrentCallsPerUser", "1"));
        var (entered, cancelled) = (new TaskCompletionSource(), new TaskCompletionSource());
        server.Issuer.Api = async context =>
        {
            using var registration = context.RequestAborted.Register(() => cancelled.TrySetResult());
            entered.TrySetResult();
            await cancelled.Task;
        };
        using var stream = await SseStream.OpenAsync(server.Address, server.Issuer.Token());
        using var call = await stream.PostAsync(SseStream.Call(1));
        await entered.Task.WaitAsync(Patience);
        using var other = await stream.PostAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        using var cancel = await stream.PostAsync(
            """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}"""
        );
        Assert.That(cancel.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        await cancelled.Task.WaitAsync(Patience);
    }

    // Some clients give the connection up on HTTP 429, so that a model learns on the stream how long to wait; but not
    // without end.
    [Test]
    public async Task Requests_OverTheLimit_AreRefusedOnTheStreamSixtyTimesAndThenBy429()
    {
        await using var server = await ProtectedServer.StartAsync(("Limits:CallsPerMinutePerUser", "1"));
        using var stream = await SseStream.OpenAsync(server.Address, server.Issuer.Token());
        var statuses = new List<HttpStatusCode>();
        for (var request = 0; request < 90; request++)
        {
            using var posted = await stream.PostAsync(request % 2 == 0 ? Ping : SseStream.Call(request));
            statuses.Add(posted.StatusCode);
        }

        Assert.That(statuses[..60], Is.All.EqualTo(HttpStatusCode.Accepted));
        Assert.That(statuses, Has.Member(HttpStatusCode.TooManyRequests));
        Assert.That(
            (string?)(await stream.ReadMessageAsync())["error"]!["message"],
            Does.StartWith("Too many requests. Wait ")
        );
        Assert.That(
            (string?)(await stream.ReadMessageAsync())["result"]!["content"]![0]!["text"],
            Does.StartWith("The tool was not called. Too many requests. Wait ")
        );
    }

    // Beyond the refusals a flood of any kind is refused before its body is read.
    [Test]
    public async Task Posts_FarOverTheLimit_AreRefusedUnread()
    {
        await using var server = await ProtectedServer.StartAsync(("Limits:CallsPerMinutePerUser", "1"));
        var token = server.Issuer.Token();
        using var stream = await SseStream.OpenAsync(server.Address, token);
        for (var post = 0; post < 90; post++)
        {
            using var posted = await stream.PostAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        }

        // The rest of the body never comes.
        using var half = new TcpClient();
        await half.ConnectAsync("localhost", new Uri(server.Address).Port);
        await half.GetStream()
            .WriteAsync(
                Encoding.ASCII.GetBytes(
                    $"POST {stream.Endpoint} HTTP/1.1\r\nHost: {new Uri(server.Address).Authority}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{{"
                )
            );
        using var reader = new StreamReader(half.GetStream());
        Assert.That(
            await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20)),
            Is.EqualTo("HTTP/1.1 429 Too Many Requests")
        );
    }

    [TestCase("\"\\ud800\"")]
    [TestCase("1.5")]
    [TestCase("null")]
    [TestCase("{}")]
    public async Task Request_OverTheLimitWithAnIdThatIsNone_Is429(string id)
    {
        await using var server = await ProtectedServer.StartAsync(("Limits:CallsPerMinutePerUser", "1"));
        using var stream = await SseStream.OpenAsync(server.Address, server.Issuer.Token());
        using var posted = await stream.PostAsync($$"""{"jsonrpc":"2.0","id":{{id}},"method":"ping"}""");
        Assert.That(posted.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
    }
}
