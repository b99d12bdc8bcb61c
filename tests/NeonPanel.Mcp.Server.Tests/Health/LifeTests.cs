using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Health;

/// <summary>Rule F1, seen from outside of the process.</summary>
[Platform("Linux,MacOsX", Reason = "Signals are sent.")]
[Category("Slow"), Category("Process")]
internal sealed class LifeTests
{
    private const string Call =
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"listCompanies","arguments":{}}}""";

    private string address = null!;
    private TestIssuer issuer = null!;
    private RawUpstream api = null!;
    private HttpClient http = null!;

    [SetUp]
    public async Task StartAsync()
    {
        var port = LoopbackPorts.FreePair();
        address = $"http://localhost:{port}";
        issuer = new(port + 1, address + "/mcp");
        await issuer.StartAsync();
        api = new(exchange => exchange.SendJsonAsync("{}"));
        http = new() { BaseAddress = new(address), Timeout = TimeSpan.FromSeconds(60) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", issuer.Token());
    }

    [TearDown]
    public async Task StopAsync()
    {
        http.Dispose();
        await api.DisposeAsync();
        await issuer.DisposeAsync();
    }

    [Test]
    public async Task SigTerm_WithACallAndAStreamOpen_FinishesTheCallEndsTheStreamAndExitsInTime()
    {
        using var server = await ServerProcess.StartAsync(null, Settings());
        using var stream = await http.SendAsync(new(HttpMethod.Get, "/sse"), HttpCompletionOption.ResponseHeadersRead);
        using var events = new StreamReader(await stream.Content.ReadAsStreamAsync());
        var (arrived, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        api.Answer = async exchange =>
        {
            arrived.TrySetResult();
            await go.Task;
            await exchange.SendJsonAsync("""{"data":[]}""");
        };
        var underWay = CallAsync();
        await arrived.Task;

        var watch = Stopwatch.StartNew();
        var exit = server.TerminateAsync();
        HttpStatusCode status;
        do
        {
            using var ready = await http.GetAsync("/readyz");
            status = ready.StatusCode;
        } while (status == HttpStatusCode.OK);
        Assert.That(status, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        api.Answer = exchange => exchange.SendJsonAsync("""{"data":[]}""");
        using var late = await CallAsync();
        Assert.That(late.StatusCode, Is.EqualTo(HttpStatusCode.OK), "a proxy may send one more");
        Assert.That(late.Headers.ConnectionClose, Is.True);
        go.SetResult();
        using var answered = await underWay;
        Assert.That(answered.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await answered.Content.ReadAsStringAsync(), Does.Contain("\"isError\":false"));
        await events.ReadToEndAsync();
        Assert.That(await exit, Is.Zero);
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(25)));
    }

    [Test]
    public async Task Kill_AndStartAgain_AnswersTheSameToken()
    {
        using (var first = await ServerProcess.StartAsync(null, Settings()))
        {
            using var before = await CallAsync();
            Assert.That(before.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(await first.KillAsync(), Is.Not.Zero);
        }

        using var second = await ServerProcess.StartAsync(null, Settings());
        using var after = await CallAsync();
        Assert.That(after.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Start_WithoutIssuerAndApi_ListsToolsAndIsNotReady()
    {
        var settings = Settings();
        (settings["Auth__Issuer"], settings["Upstream__BaseAddress"]) = ("http://localhost:1", "http://localhost:1");
        settings["Auth__AnonymousDiscovery"] = "true";
        using var server = await ServerProcess.StartAsync(null, settings);
        using var alive = await http.GetAsync("/healthz");
        Assert.That(alive.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        using var ready = await http.GetAsync("/readyz");
        Assert.That(ready.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        using var call = await CallAsync();
        Assert.That(
            (call.StatusCode, call.Headers.RetryAfter is not null),
            Is.EqualTo((HttpStatusCode.ServiceUnavailable, true))
        );
        http.DefaultRequestHeaders.Authorization = null;
        using var list = await SendAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""");
        Assert.That(list.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    private Dictionary<string, string> Settings() => ServerProcess.Settings(address, issuer.Address, api.Address);

    private Task<HttpResponseMessage> CallAsync() => SendAsync(Call);

    private async Task<HttpResponseMessage> SendAsync(string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Accept.ParseAdd("application/json");
        return await http.SendAsync(request);
    }
}
