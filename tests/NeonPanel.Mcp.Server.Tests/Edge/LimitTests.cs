using System.Net;
using Microsoft.AspNetCore.Http;
using NeonPanel.Mcp.Server.Tests.Authentication;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Edge;

/// <summary>One user cannot starve another (rule F3).</summary>
internal sealed class LimitTests
{
    private const string Call = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"listCompanies","arguments":{}}}""";

    [Test]
    public async Task Calls_OverAUsersMinute_Are429WithAPauseAndOthersAreServed()
    {
        await using var server = await ProtectedServer.StartAsync(("Limits:CallsPerMinutePerUser", "3"));
        var token = server.Issuer.Token();
        for (var call = 0; call < 3; call++)
        {
            Assert.That(await server.StatusAsync(token), Is.EqualTo(HttpStatusCode.OK));
        }

        using var refused = await server.ListAsync(server.Issuer.Token(body => body["jti"] = "another token of the same user"));
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(refused.Headers.RetryAfter!.Delta, Is.InRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20)));
        Assert.That(await server.StatusAsync(server.Issuer.Token(body => body["sub"] = "other")), Is.EqualTo(HttpStatusCode.OK));
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
        Assert.That(await server.StatusAsync(null), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await server.StatusAsync("bad"), Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await server.StatusAsync("bad"), Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(await server.StatusAsync(null), Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(await server.StatusAsync(server.Issuer.Token()), Is.EqualTo(HttpStatusCode.OK));
        using var http = new HttpClient();
        using var health = await http.GetAsync(server.Address + "/healthz");
        Assert.That(health.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    // The address is the proxy's unless its network is known.
    [TestCase(null, HttpStatusCode.TooManyRequests)]
    [TestCase("127.0.0.0/8, ::1", HttpStatusCode.OK)]
    public async Task Anonymous_ForwardedAddress_IsBelievedOfKnownProxiesOnly(string? proxies, HttpStatusCode expected)
    {
        await using var server = await ProtectedServer.StartAsync(("Limits:AnonymousRequestsPerMinute", "1"), ("Server:KnownProxies", proxies ?? ""));
        Assert.That(await ForwardedAsync(server, "203.0.113.1"), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await ForwardedAsync(server, "203.0.113.2"), Is.EqualTo(expected));
    }

    private static async Task<HttpStatusCode> ForwardedAsync(ProtectedServer server, string address)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        using var response = await http.GetAsync(server.Address + "/robots.txt");
        return response.StatusCode;
    }
}
