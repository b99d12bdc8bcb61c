using System.Text.Json;
using ModelContextProtocol.Client;
using NeonPanel.Mcp.SafeText;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Judge;

/// <summary>The answer that the API sends and the answer that the client reads are equal, digit by digit (rule
/// D3).</summary>
internal sealed class DigitTests
{
    private RawUpstream api = null!;
    private ProtectedServer server = null!;
    private string token = null!;

    private static IEnumerable<string> Answers =>
        Enumerable
            .Range(0, 300)
            .Select(seed => new AwkwardJson(seed).Next())
            .Concat([AwkwardJson.Deep(20), AwkwardJson.Deep(50)]);

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        api = new(exchange => exchange.SendJsonAsync("{}"));
        server = await ProtectedServer.StartAsync(
            ("Upstream:BaseAddress", api.Address),
            ("Limits:CallsPerMinutePerUser", "100000")
        );
        token = server.Issuer.Token();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await server.DisposeAsync();
        await api.DisposeAsync();
    }

    [TestCase("2025-06-18")]
    [TestCase(RpcClient.PerRequest)]
    public async Task Answer_OverHttp_HasEveryNumberAndNameAsSent(string revision)
    {
        using var client = new RpcClient(new(server.Address), token);
        foreach (var sent in Answers)
        {
            api.Answer = exchange => exchange.SendJsonAsync(sent);
            var answer = await client.SendAsync(
                "/mcp",
                revision,
                "tools/call",
                new() { ["name"] = "listCompanies" },
                ("Accept", "application/json, text/event-stream")
            );
            using var document = JsonDocument.Parse(answer.Json, new() { MaxDepth = 200 });
            Assert.That(
                Received(document.RootElement.GetProperty("result").GetProperty("structuredContent").GetRawText()),
                Is.EqualTo(Shown(sent)),
                sent
            );
        }
    }

    [Test]
    public async Task Answer_ThroughARealClient_HasEveryNumberAndNameAsSent()
    {
        await using var client = await McpClient.CreateAsync(
            new HttpClientTransport(
                new()
                {
                    Endpoint = new(server.Address + "/mcp"),
                    TransportMode = HttpTransportMode.StreamableHttp,
                    AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = "Bearer " + token },
                }
            )
        );
        foreach (var sent in Answers)
        {
            api.Answer = exchange => exchange.SendJsonAsync(sent);
            var result = await client.CallToolAsync("listCompanies");
            Assert.That(Received(result.StructuredContent!.Value.GetRawText()), Is.EqualTo(Shown(sent)), sent);
        }
    }

    // The note about hidden characters is the first member.
    private static List<string> Received(string json)
    {
        var tokens = JsonTokens.Of(json);
        if (tokens is [_, "PropertyName notice", ..])
        {
            tokens.RemoveRange(1, 2);
        }

        return tokens;
    }

    // Hidden characters of values are shown as code points.
    private static IEnumerable<string> Shown(string json) =>
        JsonTokens
            .Of(json)
            .Select(token => token.StartsWith("String ", StringComparison.Ordinal) ? HiddenText.Of(token) : token);
}
