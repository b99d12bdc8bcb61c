using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NeonPanel.Mcp.Server.Telemetry;
using NeonPanel.Mcp.Server.Tests.Telemetry.Otlp;
using NeonPanel.Mcp.Server.Tests.Transport;
using NUnit.Framework;
using Tags = System.Collections.Generic.Dictionary<string, string>;

namespace NeonPanel.Mcp.Server.Tests.Telemetry;

/// <summary>The metrics that the server counts, as a collector gets them.</summary>
[Category("Slow")]
[NonParallelizable]
internal sealed class MetricTests
{
    private TracedServer traced = null!;

    [SetUp]
    public async Task StartAsync() =>
        traced = await TracedServer.StartAsync(
            isFast: true,
            ("Upstream:Retries", "0"),
            ("Mcp:MaxResultChars", "2000"),
            ("Telemetry:DriftSample", "100")
        );

    [TearDown]
    public ValueTask StopAsync() => traced.DisposeAsync();

    [Test]
    public async Task Calls_AreCountedAndTimedByToolAndOutcome()
    {
        await traced.CallAsync("""{"name":"listCompanies"}""");
        await traced.CallAsync("""{"name":"listCompanies"}""");
        await traced.CallAsync("""{"name":"bills_list","arguments":{}}""");
        await traced.StopAsync();

        var name = "mcp.server.operation.duration";
        var ofCall = new Tags { ["mcp.method.name"] = "tools/call" };
        AssertPoint(
            name,
            "s",
            2,
            new(ofCall) { ["gen_ai.tool.name"] = "listCompanies", ["neonpanel.mcp.outcome"] = "ok" }
        );
        AssertPoint(
            name,
            "s",
            1,
            new(ofCall)
            {
                ["gen_ai.tool.name"] = "bills_list",
                ["neonpanel.mcp.outcome"] = "error",
                ["error.type"] = "tool_error",
                ["neonpanel.mcp.failure"] = "arguments",
            }
        );
    }

    [TestCase(200, "2xx")]
    [TestCase(422, "4xx")]
    [TestCase(503, "5xx")]
    public async Task Upstream_IsTimedByTemplateAndClassOfStatus(int status, string result)
    {
        traced.UpstreamStatus = status;
        await traced.CallAsync(
            """{"name":"bills_list","arguments":{"companyUuid":"1f0c5c1e-aaaa-4bbb-8ccc-5e9712345678"}}"""
        );
        await traced.StopAsync();
        AssertPoint(
            "neonpanel.mcp.upstream.duration",
            "s",
            1,
            new()
            {
                ["http.request.method"] = "GET",
                ["url.template"] = "/api/v1/companies/{companyUuid}/bills",
                ["neonpanel.mcp.result"] = result,
            }
        );
    }

    [Test]
    public async Task Upstream_ThatFailsForAll_IsShownAsHeldBack()
    {
        traced.UpstreamStatus = 503;
        for (var call = 0; call < 12; call++)
        {
            using var response = await traced.Server.ListAsync(
                traced.Server.Issuer.Token(body => body["sub"] = $"user-{call % 3}"),
                """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"listCompanies"}}"""
            );
        }

        await traced.StopAsync();
        AssertPoint("neonpanel.mcp.upstream.breaker", "", 2, []);
        AssertPoint(
            "neonpanel.mcp.upstream.duration",
            "s",
            2,
            new()
            {
                ["http.request.method"] = "GET",
                ["url.template"] = "/api/v1/companies",
                ["neonpanel.mcp.result"] = "paused",
            }
        );
    }

    [Test]
    public async Task Call_ThatIsRepairedCutAndDrifting_IsCountedAsThat()
    {
        traced.Server.Issuer.Api = context =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(
                $$"""{"data":[{{string.Join(',', Enumerable.Repeat("""{"unheard_of":"0123456789012345678901234567890123456789"}""", 100))}}]}"""
            );
        };
        await traced.CallAsync(
            """{"name":"bills_list","arguments":{"companyUuid":"1f0c5c1e-aaaa-4bbb-8ccc-5e9712345678","perPage":"11","fields":"*"}}"""
        );
        await traced.Server.Services.GetRequiredService<DriftWatch>().DrainAsync();
        await traced.StopAsync();
        AssertPoint(
            "neonpanel.mcp.repairs",
            "{repair}",
            1,
            new() { ["gen_ai.tool.name"] = "bills_list", ["neonpanel.mcp.repair"] = "name" }
        );
        AssertPoint(
            "neonpanel.mcp.repairs",
            "{repair}",
            1,
            new() { ["gen_ai.tool.name"] = "bills_list", ["neonpanel.mcp.repair"] = "scalar_text" }
        );
        AssertPoint("neonpanel.mcp.truncations", "{answer}", 1, new() { ["gen_ai.tool.name"] = "bills_list" });
        AssertPoint(
            "neonpanel.mcp.answer.drift",
            "{answer}",
            1,
            new()
            {
                ["gen_ai.tool.name"] = "bills_list",
                ["neonpanel.mcp.pointer"] = "/data/*/unheard_of",
                ["neonpanel.mcp.found"] = "string",
            }
        );
    }

    [Test]
    public async Task Requests_WithoutAGoodToken_AreCountedByReason()
    {
        var issuer = traced.Server.Issuer;
        const string call = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"listCompanies"}}""";
        (string Reason, string? Token)[] requests =
        [
            ("no_token", null),
            ("no_jwt", "opaque"),
            ("expired", issuer.Token(body => body["exp"] = 1)),
            ("issuer", issuer.Token(body => body["iss"] = "https://else.example")),
            ("audience", issuer.Token(body => body["aud"] = "https://else.example")),
            ("type", issuer.Token(header: header => header["typ"] = "id+jwt")),
        ];
        foreach (var (_, token) in requests)
        {
            using var response = await traced.Server.ListAsync(token, call);
        }

        traced.UpstreamStatus = 401;
        await traced.CallAsync("""{"name":"listCompanies"}""");
        await traced.StopAsync();
        foreach (var reason in requests.Select(request => request.Reason).Append("upstream"))
        {
            AssertPoint("neonpanel.mcp.auth.failures", "{request}", 1, new() { ["neonpanel.mcp.reason"] = reason });
        }

        AssertPoint("neonpanel.mcp.keys.fetches", "{fetch}", 1, new() { ["neonpanel.mcp.outcome"] = "changed" });
    }

    [Test]
    public async Task Streams_AreCountedWhileTheyAreOpen()
    {
        using (await SseStream.OpenAsync(traced.Server.Address, traced.Server.Issuer.Token()))
        {
            traced.Flush();
            AssertPoint("neonpanel.mcp.streams", "{stream}", 1, []);
        }
    }

    private void AssertPoint(string name, string unit, long value, Tags tags)
    {
        var points = traced.Collector.Points.Where(point => point.Name == name).ToList();
        Assert.That(
            points
                .Where(point =>
                    point.Attributes.Count == tags.Count
                    && tags.All(tag => point.Attributes.GetValueOrDefault(tag.Key) == tag.Value)
                )
                .Select(point => (point.Unit, point.Value)),
            Is.Not.Empty.And.All.EqualTo((unit, value)),
            string.Join(
                '\n',
                points.Select(point => $"{point.Value} {point.Unit} {string.Join(' ', point.Attributes)}")
            )
        );
    }
}
