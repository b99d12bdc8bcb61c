using System.Globalization;
using NeonPanel.Mcp.Server.Health;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Health;

/// <summary>The command with which the container checks itself.</summary>
internal sealed class HealthVerbTests
{
    [Test]
    public async Task Health_WithARunningServer_IsZeroAndOneLine()
    {
        await using var server = await ProtectedServer.StartAsync();
        var port = new Uri(server.Address).Port;
        var (code, text) = await RunAsync(("ASPNETCORE_HTTP_PORTS", port.ToString(CultureInfo.InvariantCulture)));
        Assert.That((code, text), Is.EqualTo((0, $"healthy: http://127.0.0.1:{port}/healthz answers 200.\n")));
    }

    [Test]
    public async Task Health_WithNobodyThere_IsOneAndOneLine()
    {
        // Port 9 (discard) is served by nobody here, and not to be had without rights.
        var (code, text) = await RunAsync(("ASPNETCORE_HTTP_PORTS", "9"));
        Assert.That(
            (code, text),
            Is.EqualTo((1, "unhealthy: http://127.0.0.1:9/healthz does not answer (ConnectionError).\n"))
        );
    }

    [Test]
    public async Task Health_WithAnAnswerOfFailure_IsOne()
    {
        await using var upstream = new RawUpstream(exchange => exchange.SendJsonAsync("{}", "503 Service Unavailable"));
        var (code, text) = await RunAsync(("ASPNETCORE_URLS", upstream.Address));
        Assert.That((code, text), Is.EqualTo((1, $"unhealthy: {upstream.Address}/healthz answers 503.\n")));
    }

    [Test]
    public async Task Health_WithoutAnAnswerInTime_IsOne()
    {
        await using var upstream = new RawUpstream(exchange => exchange.HangAsync());
        var (code, text) = await RunAsync(TimeSpan.FromMilliseconds(50), ("ASPNETCORE_URLS", upstream.Address));
        Assert.That(
            (code, text),
            Is.EqualTo((1, $"unhealthy: {upstream.Address}/healthz does not answer within 0.05 s.\n"))
        );
    }

    [TestCase("", "", "http://127.0.0.1:3030/")]
    [TestCase("", "8080;8081", "http://127.0.0.1:8080/")]
    [TestCase(
        "http://+:5000",
        "8080",
        "http://127.0.0.1:5000/",
        Description = "the host lets URLS go before HTTP_PORTS"
    )]
    [TestCase("https://*:443;http://*:5000", "", "http://127.0.0.1:5000/")]
    [TestCase("http://[::]:5000/", "", "http://127.0.0.1:5000/")]
    [TestCase("http://localhost:5000", "", "http://127.0.0.1:5000/")]
    [TestCase("http://10.1.2.3", "", "http://10.1.2.3/")]
    [TestCase("http://unix:/run/server.sock;http://[::1]:5000", "", "http://[::1]:5000/")]
    public async Task Health_OfAListeningAddress_AsksThere(string urls, string ports, string asked)
    {
        using var recorder = new Recorder();
        using var http = new HttpClient(recorder);
        Dictionary<string, string> environment = new()
        {
            ["ASPNETCORE_URLS"] = urls,
            ["ASPNETCORE_HTTP_PORTS"] = ports,
        };
        Assert.That(await new HealthVerb(http, environment.GetValueOrDefault).RunAsync(TextWriter.Null), Is.Zero);
        Assert.That(recorder.Asked, Is.EqualTo(new Uri(asked + "healthz")));
    }

    [Test]
    public async Task Health_OfAddressesWithTlsOnly_IsOneAndSaysWhy()
    {
        var (code, text) = await RunAsync(("ASPNETCORE_URLS", "https://+:443"));
        Assert.That((code, text), Is.EqualTo((1, "unhealthy: ASPNETCORE_URLS names no http address to ask.\n")));
    }

    private static Task<(int Code, string Text)> RunAsync(params (string Name, string Value)[] environment) =>
        RunAsync(TimeSpan.FromSeconds(30), environment);

    private static async Task<(int Code, string Text)> RunAsync(
        TimeSpan longest,
        params (string Name, string Value)[] environment
    )
    {
        using var http = new HttpClient { Timeout = longest };
        await using var output = new StringWriter { NewLine = "\n" };
        var values = environment.ToDictionary(pair => pair.Name, pair => pair.Value);
        var code = await new HealthVerb(http, values.GetValueOrDefault).RunAsync(output);
        return (code, output.ToString());
    }

    private sealed class Recorder : HttpMessageHandler
    {
        public Uri? Asked { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            Asked = request.RequestUri;
            return Task.FromResult(new HttpResponseMessage());
        }
    }
}
