using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using NeonPanel.Mcp.Server.Health;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Health;

/// <summary>The questions that the platform asks: whether the server is alive, whether it is ready, and the state of
/// the services that it depends on.</summary>
internal sealed class HealthTests
{
    private readonly HttpClient http = new();

    [OneTimeTearDown]
    public void Dispose() => http.Dispose();

    [Test]
    public async Task DeepHealth_WithKeysAndApi_IsOkForBoth()
    {
        await using var server = await WithApiAsync();
        var health = await DeepAsync(server);
        Assert.That(
            (health["status"]!.ToString(), health["jwks"]!.ToString(), health["upstream"]!.ToString()),
            Is.EqualTo(("ok", "ok", "ok"))
        );
    }

    [Test]
    public async Task Health_WithoutDeep_LooksAtNothing()
    {
        await using var server = await WithApiAsync();
        var health = JsonNode.Parse(await http.GetStringAsync(server.Address + "/healthz"))!.AsObject();
        Assert.That(
            health.Select(member => member.Key),
            Is.EqualTo(
                (string[])["status", "service", "version", "specVersion", "catalogHash", "tools", "uptimeSeconds"]
            )
        );
        Assert.That(server.Issuer.Fetches, Is.Zero);
    }

    [Test]
    public async Task DeepHealth_WithoutKeysAndWithAFailingApi_IsStill200AndSaysSo()
    {
        await using var server = await WithApiAsync();
        server.Issuer.Keys = context => Refuse(context, 500);
        server.Issuer.Api = context => Refuse(context, 502);
        var health = await DeepAsync(server);
        Assert.That(
            (health["status"]!.ToString(), health["jwks"]!.ToString(), health["upstream"]!.ToString()),
            Is.EqualTo(("ok", "unavailable", "failing"))
        );
    }

    [Test]
    public async Task DeepHealth_WithNobodyAtTheApi_SaysUnreachable()
    {
        // Port 9 (discard) is served by nobody here, and not to be had without rights.
        await using var server = await ProtectedServer.StartAsync(("Upstream:BaseAddress", "http://127.0.0.1:9"));
        Assert.That((await DeepAsync(server))["upstream"]!.ToString(), Is.EqualTo("unreachable"));
    }

    [Test]
    public async Task DeepHealth_AskedOften_AsksTheApiOnceInTenSecondsWithoutACredential()
    {
        await using var server = await WithApiAsync();
        var asked = new List<string>();
        server.Issuer.Api = context =>
        {
            lock (asked)
            {
                asked.Add(context.Request.Method + context.Request.Headers.Authorization);
            }

            return Task.CompletedTask;
        };
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => DeepAsync(server)));
        Assert.That(asked, Is.EqualTo((string[])["HEAD"]));
        server.Clock.Advance(TimeSpan.FromSeconds(10));
        await DeepAsync(server);
        Assert.That(asked, Has.Count.EqualTo(2));
    }

    [TestCase(499, "ok")]
    [TestCase(500, "failing")]
    public async Task DeepHealth_StatusOfTheApi_FailsFrom500On(int status, string expected)
    {
        await using var server = await WithApiAsync();
        server.Issuer.Api = context => Refuse(context, status);
        Assert.That((await DeepAsync(server))["upstream"]!.ToString(), Is.EqualTo(expected));
    }

    [Test]
    public async Task DeepHealth_AfterExactlyTenSeconds_AsksAgain()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = await ProtectedServer.StartAsync(
            [],
            issuer => [("Upstream:BaseAddress", issuer + "/api")],
            time
        );
        var asked = 0;
        server.Issuer.Api = _ => Task.FromResult(Interlocked.Increment(ref asked));
        await DeepAsync(server);
        time.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromTicks(1));
        await DeepAsync(server);
        Assert.That(asked, Is.EqualTo(1));
        time.Advance(TimeSpan.FromTicks(1));
        await DeepAsync(server);
        Assert.That(asked, Is.EqualTo(2));
    }

    [TestCase("/healthz", "\"status\":\"ok\"")]
    [TestCase("/readyz", "{\"status\":\"ready\"}")]
    public async Task Answer_OfEither_IsJson(string path, string expected)
    {
        await using var server = await ProtectedServer.StartAsync();
        using var response = await http.GetAsync(server.Address + path);
        Assert.That(response.Content.Headers.ContentType!.ToString(), Is.EqualTo("application/json"));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain(expected));
        using var head = await http.SendAsync(new(HttpMethod.Head, server.Address + path));
        Assert.That((int)head.StatusCode, Is.EqualTo(200));
    }

    // Linux reports twice the size that was set (socket(7), SO_SNDBUF). Without it, the kernel would let it grow.
    [Test]
    [Platform("Linux")]
    public async Task Connection_OfAListeningSocket_HasABoundedSendBuffer()
    {
        using var listening = new ListeningSockets().Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listening.Listen();
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listening.LocalEndPoint!);
        using var accepted = await listening.AcceptAsync();
        Assert.That(accepted.SendBufferSize, Is.EqualTo(2 * ListeningSockets.SendBufferBytes));
    }

    [Test]
    public async Task Ready_UntilKeysAreKnownAndWhileDraining_Is503()
    {
        await using var server = await ProtectedServer.StartAsync();
        var keys = server.Issuer.Keys;
        server.Issuer.Keys = context => Refuse(context, 500);
        Assert.That(await ReadyAsync(server), Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        server.Issuer.Keys = keys;
        // The pause after a failed fetch.
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await ReadyAsync(server), Is.EqualTo(HttpStatusCode.OK));
        server.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        Assert.That(await ReadyAsync(server), Is.EqualTo(HttpStatusCode.ServiceUnavailable));
    }

    private static Task<ProtectedServer> WithApiAsync() =>
        ProtectedServer.StartAsync([], issuer => [("Upstream:BaseAddress", issuer + "/api")]);

    private static Task Refuse(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private async Task<JsonNode> DeepAsync(ProtectedServer server)
    {
        using var response = await http.GetAsync(server.Address + "/healthz?deep=1");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    private async Task<HttpStatusCode> ReadyAsync(ProtectedServer server)
    {
        using var response = await http.GetAsync(server.Address + "/readyz");
        return response.StatusCode;
    }
}
