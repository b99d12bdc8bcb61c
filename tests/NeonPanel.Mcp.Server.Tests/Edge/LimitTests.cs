using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Edge;

/// <summary>One user cannot starve another (rule F3).</summary>
internal sealed class LimitTests
{
    private const string Call =
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"listCompanies","arguments":{}}}""";

    [Test]
    public async Task Calls_OverAUsersMinute_Are429WithAPauseAndOthersAreServed()
    {
        await using var server = await ProtectedServer.StartAsync(("Limits:CallsPerMinutePerUser", "3"));
        var token = server.Issuer.Token();
        for (var call = 0; call < 3; call++)
        {
            Assert.That(await server.StatusAsync(token), Is.EqualTo(HttpStatusCode.OK));
        }

        using var refused = await server.ListAsync(
            server.Issuer.Token(body => body["jti"] = "another token of the same user")
        );
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(
            refused.Headers.RetryAfter!.Delta,
            Is.EqualTo(TimeSpan.FromSeconds(20)),
            "a third of a minute buys one call"
        );
        Assert.That(
            await server.StatusAsync(server.Issuer.Token(body => body["sub"] = "other")),
            Is.EqualTo(HttpStatusCode.OK)
        );
    }

    [Test]
    public async Task Calls_AtOnceOverAUsersPlaces_Are429UntilOneEnds()
    {
        await using var server = await ProtectedServer.StartAsync(("Limits:ConcurrentCallsPerUser", "1"));
        var (entered, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        server.Issuer.Api = async context =>
        {
            entered.TrySetResult();
            await released.Task;
            await context.Response.WriteAsync("{}");
        };
        var token = server.Issuer.Token();
        var first = server.ListAsync(token, Call);
        await entered.Task.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.That(await server.StatusAsync(token), Is.EqualTo(HttpStatusCode.TooManyRequests));
        released.SetResult();
        using var answer = await first;
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await server.StatusAsync(token), Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Anonymous_OverTheMinute_Is429ButHealthAndUsersAreServed()
    {
        await using var server = await ProtectedServer.StartAsync(("Limits:AnonymousRequestsPerMinute", "2"));
        Assert.That(await server.StatusAsync(null), Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await server.StatusAsync("bad"), Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await server.StatusAsync("bad"), Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(await server.StatusAsync(null), Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(await server.StatusAsync(server.Issuer.Token()), Is.EqualTo(HttpStatusCode.OK));
        using var http = new HttpClient();
        using var health = await http.GetAsync(server.Address + "/healthz");
        Assert.That(health.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Anonymous_ClientThatDoesNotRead_HoldsNoMoreAnswersThanAnAddressMay()
    {
        await using var server = await ProtectedServer.StartAsync(("Limits:ConcurrentAnonymousAnswers", "1"));
        using var greedy = new TcpClient { ReceiveBufferSize = 4096 };
        await greedy.ConnectAsync("localhost", new Uri(server.Address).Port);
        // More than the buffers of both sides take: the server cannot finish one of these answers.
        var requests = string.Concat(
            Enumerable.Repeat($"GET /openapi.json HTTP/1.1\r\nHost: {new Uri(server.Address).Authority}\r\n\r\n", 40)
        );
        await greedy.GetStream().WriteAsync(Encoding.ASCII.GetBytes(requests));
        using var http = new HttpClient { BaseAddress = new(server.Address) };
        Assert.That(await UntilAsync(http, HttpStatusCode.TooManyRequests), Is.EqualTo(HttpStatusCode.TooManyRequests));
        using var refused = await http.GetAsync("/robots.txt");
        Assert.That(
            (refused.StatusCode, refused.Headers.ConnectionClose),
            Is.EqualTo((HttpStatusCode.TooManyRequests, true))
        );
        using var health = await http.GetAsync("/healthz");
        Assert.That(health.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await server.StatusAsync(server.Issuer.Token()), Is.EqualTo(HttpStatusCode.OK));
        greedy.Dispose();
        Assert.That(await UntilAsync(http, HttpStatusCode.OK), Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Connections_BeyondTheMost_AreClosedAtOnce()
    {
        await using var server = await ProtectedServer.StartAsync(("Limits:MaxConnections", "10"));
        var held = new List<TcpClient>();
        try
        {
            for (var connection = 0; connection < 10; connection++)
            {
                held.Add(await ConnectAsync(server, "GET /robots.txt HTTP/1.1\r\n"));
            }

            using var over = await ConnectAsync(server, "");
            Assert.That(await ReadAsync(over), Is.Zero);
        }
        finally
        {
            held.ForEach(client => client.Dispose());
        }
    }

    [Test]
    public async Task Readers_AreGivenTenSecondsAndThenARateOf16KilobytesASecond()
    {
        await using var server = await ProtectedServer.StartAsync();
        var rate = server
            .Services.GetRequiredService<IOptions<KestrelServerOptions>>()
            .Value.Limits.MinResponseDataRate!;
        Assert.That((rate.BytesPerSecond, rate.GracePeriod), Is.EqualTo((16_384d, TimeSpan.FromSeconds(10))));
    }

    // Kestrel looks at its clock once a second, so rate and grace are shortened for the test. The kernel must not take
    // the whole answer: then nothing waits, and the rate does not apply.
    [Test]
    public async Task Reader_ThatReadsNothing_IsDisconnected()
    {
        var end = new TaskCompletionSource();
        await using var server = await ProtectedServer.StartAsync(builder =>
            builder.WebHost.ConfigureKestrel(kestrel =>
            {
                kestrel.Limits.MinResponseDataRate = new(100_000_000, TimeSpan.FromMilliseconds(1_001));
                kestrel.ConfigureEndpointDefaults(endpoint =>
                    endpoint.Use(next =>
                        async connection =>
                        {
                            await next(connection);
                            end.TrySetResult();
                        }
                    )
                );
            })
        );
        using var reader = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            ReceiveBufferSize = 1024,
        };
        await reader.ConnectAsync(IPAddress.Loopback, new Uri(server.Address).Port);
        await reader.SendAsync(
            Encoding.ASCII.GetBytes($"GET /openapi.json HTTP/1.1\r\nHost: {new Uri(server.Address).Authority}\r\n\r\n")
        );
        await end.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    // A place is taken before the body is read, so that a user cannot have more bodies read than the limits allow.
    [Test]
    public async Task Messages_OfTheOlderTransportOverTheLimits_Are429BeforeTheyArrive()
    {
        await using var server = await ProtectedServer.StartAsync(("Limits:ConcurrentCallsPerUser", "1"));
        var head =
            $"POST /messages?sessionId=x HTTP/1.1\r\nHost: {new Uri(server.Address).Authority}\r\nContent-Type: application/json\r\n"
            + $"Authorization: Bearer {server.Issuer.Token()}\r\nContent-Length: 100\r\n\r\n";
        var held = new List<TcpClient>();
        try
        {
            // One place, and sixty messages in a minute that may be refused on their stream, for which they have to be
            // read.
            for (var message = 0; message < 61; message++)
            {
                held.Add(await ConnectAsync(server, head));
            }

            string? line;
            do
            {
                held.Add(await ConnectAsync(server, head));
                var first = held.Select(client => client.GetStream()).FirstOrDefault(stream => stream.DataAvailable);
                line = first is null ? null : await new StreamReader(first).ReadLineAsync();
            } while (line is null && held.Count < 200);

            Assert.That(line, Does.StartWith("HTTP/1.1 429"));
        }
        finally
        {
            held.ForEach(client => client.Dispose());
        }
    }

    [Test]
    public async Task Connections_ThatAreRejected_WriteNoLines()
    {
        await using var server = await ProtectedServer.StartAsync(("Limits:MaxConnections", "10"));
        var held = new List<TcpClient>();
        for (var connection = 0; connection < 20; connection++)
        {
            held.Add(await ConnectAsync(server, "GET /robots.txt HTTP/1.1\r\n"));
        }

        Assert.That(await ReadAsync(held[^1]), Is.Zero);
        held.ForEach(client => client.Dispose());
        Assert.That(
            server.Log.Lines.Where(line =>
                line.Contains("onnection", StringComparison.Ordinal)
                && line.StartsWith("Warning", StringComparison.Ordinal)
            ),
            Is.Empty
        );
    }

    // The address is the proxy's unless its network is known.
    [TestCase(null, HttpStatusCode.TooManyRequests)]
    [TestCase("127.0.0.0/8, ::1", HttpStatusCode.OK)]
    public async Task Anonymous_ForwardedAddress_IsBelievedOfKnownProxiesOnly(string? proxies, HttpStatusCode expected)
    {
        await using var server = await ProtectedServer.StartAsync(
            ("Limits:AnonymousRequestsPerMinute", "1"),
            ("Server:KnownProxies", proxies ?? "")
        );
        Assert.That(await ForwardedAsync(server, "203.0.113.1"), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await ForwardedAsync(server, "203.0.113.2"), Is.EqualTo(expected));
    }

    // One customer of a provider owns a /64, and can send each request from another address of it.
    [TestCase("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", HttpStatusCode.TooManyRequests)]
    [TestCase("2001:db8:1:2::1", "2001:db8:1:3::1", HttpStatusCode.OK)]
    [TestCase("::ffff:203.0.113.1", "203.0.113.1", HttpStatusCode.TooManyRequests)]
    [TestCase("203.0.113.1", "203.0.113.2", HttpStatusCode.OK)]
    public async Task Anonymous_AddressesOfOneNetwork_ShareALimit(string first, string second, HttpStatusCode expected)
    {
        await using var server = await ProtectedServer.StartAsync(
            ("Limits:AnonymousRequestsPerMinute", "1"),
            ("Server:KnownProxies", "127.0.0.0/8, ::1")
        );
        Assert.That(await ForwardedAsync(server, first), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await ForwardedAsync(server, second), Is.EqualTo(expected));
    }

    private static async Task<TcpClient> ConnectAsync(ProtectedServer server, string text)
    {
        var client = new TcpClient();
        await client.ConnectAsync("localhost", new Uri(server.Address).Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));
        return client;
    }

    // The end of a connection, whichever way it ends.
    private static async Task<int> ReadAsync(TcpClient client)
    {
        try
        {
            return await client.GetStream().ReadAsync(new byte[1]).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        }
        catch (IOException)
        {
            return 0;
        }
    }

    // Asks again until an answer has some status, for twenty seconds at most.
    private static async Task<HttpStatusCode> UntilAsync(HttpClient http, HttpStatusCode wanted)
    {
        var deadline = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(20);
        HttpStatusCode status;
        do
        {
            // Costs no request of the minute.
            using var health = await http.GetAsync("/healthz");
            using var response = await http.GetAsync("/robots.txt");
            status = response.StatusCode;
        } while (status != wanted && TimeProvider.System.GetUtcNow() < deadline);
        return status;
    }

    private static async Task<HttpStatusCode> ForwardedAsync(ProtectedServer server, string address)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        using var response = await http.GetAsync(server.Address + "/robots.txt");
        return response.StatusCode;
    }
}
