using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
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
