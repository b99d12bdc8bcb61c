using System.Diagnostics;
using System.Text.Json.Nodes;
using ModelContextProtocol.Client;
using NeonPanel.Mcp.Server.Tests.Telemetry.Otlp;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Telemetry;

/// <summary>One call is one tree: the client's span, the server's, and the API's request below it, as a collector gets
/// them.</summary>
[Category("Slow")]
[NonParallelizable]
internal sealed class TraceTests
{
    private const string ClientTrace = "0af7651916cd43dd8448eb211c80319c";
    private const string ClientSpan = "b7ad6b7169203331";
    private const string Traced = "00-" + ClientTrace + "-" + ClientSpan + "-01";
    private const string OtherTrace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string Other = "00-" + OtherTrace + "-00f067aa0ba902b7-01";

    [TestCase("/mcp", HttpTransportMode.StreamableHttp, true)]
    [TestCase("/mcp", HttpTransportMode.StreamableHttp, false, Description = "answered by the SDK")]
    [TestCase("/sse", HttpTransportMode.Sse, true)]
    public async Task Call_OfAClientWithASpan_IsOneTreeDownToTheApi(string path, HttpTransportMode mode, bool isFast)
    {
        await using var traced = await TracedServer.StartAsync(isFast);
        var spans = new List<Activity>();
        using var listener = ListenToClients(spans);
        await using (
            var client = await McpClient.CreateAsync(
                new HttpClientTransport(
                    new()
                    {
                        Endpoint = new(traced.Server.Address + path),
                        TransportMode = mode,
                        AdditionalHeaders = new Dictionary<string, string>
                        {
                            ["Authorization"] = "Bearer " + traced.Server.Issuer.Token(),
                        },
                    }
                )
            )
        )
        {
            var result = await client.CallToolAsync("listCompanies");
            Assert.That(result.IsError, Is.Not.True);
        }

        await traced.StopAsync();
        var ofClient = spans.Single(span => span.DisplayName == "tools/call listCompanies");
        var ofServer = traced.Collector.Spans.Single(span => span.Name == "tools/call listCompanies");
        var ofUpstream = traced.Collector.Spans.Single(span => span.Name == "GET /api/v1/companies");
        Assert.Multiple(() =>
        {
            Assert.That(ofServer.TraceId, Is.EqualTo(ofClient.TraceId.ToHexString()));
            Assert.That(ofServer.Parent, Is.EqualTo(ofClient.SpanId.ToHexString()));
            Assert.That(ofServer.Kind, Is.EqualTo(2));
            Assert.That(ofUpstream.TraceId, Is.EqualTo(ofServer.TraceId));
            Assert.That(ofUpstream.Parent, Is.EqualTo(ofServer.SpanId));
            Assert.That(ofUpstream.Kind, Is.EqualTo(3));
            Assert.That(
                traced.Upstream.Single()["traceparent"],
                Is.EqualTo($"00-{ofClient.TraceId}-{ofUpstream.SpanId}-01")
            );
        });
    }

    [Test]
    public async Task Call_OnceTraced_IsNamedByTheConventionsAndToldAsOneHttpRequest()
    {
        await using var traced = await TracedServer.StartAsync();
        await traced.CallAsync("""{"name":"listCompanies"}""", ("traceparent", Traced), ("tracestate", "vendor=1"));
        await traced.StopAsync();

        var request = traced.Collector.Spans.Single(span => span.Name == "POST /mcp");
        var call = traced.Collector.Spans.Single(span => span.Name == "tools/call listCompanies");
        var upstream = traced.Collector.Spans.Single(span => span.Name == "GET /api/v1/companies");
        Assert.Multiple(() =>
        {
            Assert.That((request.TraceId, request.Parent), Is.EqualTo((ClientTrace, ClientSpan)));
            Assert.That((call.TraceId, call.Parent), Is.EqualTo((ClientTrace, request.SpanId)));
            Assert.That(
                call.Attributes,
                Is.SupersetOf(
                    new Dictionary<string, string>
                    {
                        ["mcp.method.name"] = "tools/call",
                        ["gen_ai.operation.name"] = "execute_tool",
                        ["gen_ai.tool.name"] = "listCompanies",
                        ["neonpanel.mcp.outcome"] = "ok",
                    }
                )
            );
            Assert.That(
                upstream.Attributes,
                Is.SupersetOf(
                    new Dictionary<string, string>
                    {
                        ["http.request.method"] = "GET",
                        ["url.template"] = "/api/v1/companies",
                        ["server.address"] = "localhost",
                        ["http.response.status_code"] = "200",
                    }
                )
            );
            Assert.That((call.Status, upstream.Status), Is.EqualTo((0, 0)));
            Assert.That(traced.Upstream.Single()["tracestate"], Is.EqualTo("vendor=1"));
            Assert.That(
                traced.Collector.Resource("traces"),
                Is.SupersetOf(new Dictionary<string, string> { ["service.name"] = "NeonPanel MCP" })
            );
        });
    }

    [TestCase(true)]
    [TestCase(false, Description = "answered by the SDK")]
    public async Task Call_WithASpanInTheMessageAndAnotherInTheHeader_BelongsToTheMessages(bool isFast)
    {
        await using var traced = await TracedServer.StartAsync(isFast);
        await traced.CallAsync(
            $$$"""{"name":"listCompanies","_meta":{"traceparent":"{{{Traced}}}"}}""",
            ("traceparent", Other)
        );
        await traced.StopAsync();

        var request = traced.Collector.Spans.Single(span => span.Name == "POST /mcp");
        var call = traced.Collector.Spans.Single(span => span.Name == "tools/call listCompanies");
        Assert.That((call.TraceId, call.Parent), Is.EqualTo((ClientTrace, ClientSpan)));
        Assert.That(request.TraceId, Is.EqualTo(OtherTrace));
        Assert.That(call.Links, Is.EqualTo(new[] { request.SpanId }));
    }

    [TestCase("""{"traceparent":"00-00000000000000000000000000000000-b7ad6b7169203331-01"}""")]
    [TestCase("""{"traceparent":"not a span"}""")]
    [TestCase("""{"traceparent":7}""")]
    [TestCase("""{"tracestate":"vendor=1"}""")]
    public async Task Call_WithASpanThatIsNone_IsAnsweredAndATreeOfItsOwn(string meta)
    {
        await using var traced = await TracedServer.StartAsync();
        var answer = await traced.CallAsync(
            $$"""{"name":"listCompanies","_meta":{{meta}}}""",
            ("traceparent", "nonsense")
        );
        await traced.StopAsync();

        Assert.That(JsonNode.Parse(answer)!["result"]!["structuredContent"], Is.Not.Null, answer);
        var request = traced.Collector.Spans.Single(span => span.Name == "POST /mcp");
        var call = traced.Collector.Spans.Single(span => span.Name == "tools/call listCompanies");
        Assert.That(request.Parent, Is.Empty);
        Assert.That((call.TraceId, call.Parent), Is.EqualTo((request.TraceId, request.SpanId)));
    }

    [TestCase("a=1\\r\\nX-Injected: 1")]
    [TestCase("a=\\u00e9")]
    public async Task Call_WithATraceStateThatNoHeaderTakes_LosesItAlone(string state)
    {
        await using var traced = await TracedServer.StartAsync();
        var answer = await traced.CallAsync(
            $$$"""{"name":"listCompanies","_meta":{"traceparent":"{{{Traced}}}","tracestate":"{{{state}}}"}}"""
        );
        await traced.StopAsync();

        Assert.That(JsonNode.Parse(answer)!["result"]!["structuredContent"], Is.Not.Null, answer);
        var headers = traced.Upstream.Single();
        Assert.That(headers["traceparent"], Does.StartWith("00-" + ClientTrace));
        Assert.That(headers.Keys, Has.None.EqualTo("tracestate").Or.EqualTo("X-Injected"));
    }

    [Test]
    public async Task Call_WithBaggage_DoesNotHandItOn()
    {
        await using var traced = await TracedServer.StartAsync();
        await traced.CallAsync(
            """{"name":"listCompanies","_meta":{"baggage":"a=1"}}""",
            ("traceparent", Traced),
            ("baggage", "b=2"),
            ("Correlation-Context", "c=3")
        );
        Assert.That(
            traced.Upstream.Single().Keys,
            Has.None.EqualTo("baggage").IgnoreCase.Or.EqualTo("Correlation-Context").IgnoreCase
        );
    }

    [TestCase("00", Description = "nobody records it")]
    public async Task Call_OfATraceThatIsNotRecorded_GoesOnAsThat(string flags)
    {
        await using var traced = await TracedServer.StartAsync();
        await traced.CallAsync(
            """{"name":"listCompanies"}""",
            ("traceparent", $"00-{ClientTrace}-{ClientSpan}-{flags}")
        );
        await traced.StopAsync();
        Assert.That(traced.Collector.Spans.Where(span => span.TraceId == ClientTrace), Is.Empty);
        Assert.That(traced.Upstream.Single()["traceparent"], Does.StartWith("00-" + ClientTrace).And.EndsWith("-00"));
    }

    [Test]
    public async Task Call_ThatFails_IsAFailedSpanWithoutAWordOfTheAnswer()
    {
        await using var traced = await TracedServer.StartAsync();
        traced.UpstreamStatus = 422;
        await traced.CallAsync("""{"name":"listCompanies"}""");
        await traced.StopAsync();
        var call = traced.Collector.Spans.Single(span => span.Name == "tools/call listCompanies");
        var upstream = traced.Collector.Spans.Single(span => span.Name == "GET /api/v1/companies");
        Assert.That((call.Status, call.Attributes["error.type"]), Is.EqualTo((2, "tool_error")));
        Assert.That((upstream.Status, upstream.Attributes["error.type"]), Is.EqualTo((2, "422")));
    }

    // The SDK's own spans, of its client alone: the server under test is in the same process.
    private static ActivityListener ListenToClients(List<Activity> spans)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.EndsWith("ModelContextProtocol", StringComparison.Ordinal),
            Sample = (ref options) =>
                options.Kind == ActivityKind.Client
                    ? ActivitySamplingResult.AllDataAndRecorded
                    : ActivitySamplingResult.None,
            ActivityStarted = activity =>
            {
                lock (spans)
                {
                    spans.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
