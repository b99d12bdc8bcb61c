using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Tools;
using NeonPanel.Mcp.Tools.Generated;
using NJsonSchema;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Judge;

/// <summary>Every tool, with all that it takes and with only what it needs: swagger-client says what the request should
/// be, the specification's example what is answered, NJsonSchema whether that fits the output schema.</summary>
internal sealed class EveryToolTests
{
    private static readonly ToolCatalog Catalog = GeneratedCatalog.Create();
    private static readonly IReadOnlyList<JudgedCall> Calls = JudgedCall.ReadAll();
    private static readonly JsonElement Specification = JsonDocument.Parse(SpecificationFile.ReadJson()).RootElement;

    private RawUpstream api = null!;
    private ProtectedServer server = null!;
    private RpcClient client = null!;

    private static IEnumerable<TestCaseData> Cases =>
        Calls.Select(call => new TestCaseData(call).SetArgDisplayNames(call.Kind, call.Method, call.Path));

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        api = new(exchange => exchange.SendJsonAsync("{}"));
        server = await ProtectedServer.StartAsync(
            ("Upstream:BaseAddress", api.Address),
            // Where all arguments are required, the full call and the minimal one are the same.
            ("Writes:HoldRepeats", "false")
        );
        client = new(new(server.Address), server.Issuer.Token());
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
        await api.DisposeAsync();
    }

    [SetUp]
    public void Forget() => api.Forget();

    // Tools of several operations (search, fetch) have no operation to be judged by.
    [Test]
    public void Calls_AreAFullAndAMinimalOneForEachToolOfAnOperation() =>
        Assert.That(
            Calls.Select(call => $"{call.Method} {call.Path} {call.Kind}"),
            Is.EquivalentTo(
                Catalog
                    .Tools.Where(tool => tool.OperationId is not null)
                    .SelectMany(tool =>
                        ((string[])["full", "minimal"]).Select(kind => $"{tool.Method} {tool.Path} {kind}")
                    )
            )
        );

    [TestCaseSource(nameof(Cases))]
    public async Task Call_OfEveryTool_SendsWhatTheJudgeSaysAndAnswersWhatTheSpecificationSays(JudgedCall call)
    {
        var tool = Catalog.Tools.Single(tool => tool.Method == call.Method && tool.Path == call.Path);
        var (status, type, example, expected) = Example(call);
        api.Answer = exchange => exchange.SendJsonAsync(example, status + " Fine", type: type);
        var answer = await client.SendAsync(
            "/mcp",
            "2025-11-25",
            "tools/call",
            new() { ["name"] = tool.Name, ["arguments"] = Arguments(tool, call) },
            ("Accept", "application/json")
        );

        using var document = JsonDocument.Parse(answer.Body);
        var result = document.RootElement.GetProperty("result");
        Assert.That(result.TryGetProperty("isError", out var isError) && isError.GetBoolean(), Is.False, answer.Body);
        Assert.That(JudgedCall.Of(api.Requests.Single()), Is.EqualTo(call.Expected()));
        var structured = result.GetProperty("structuredContent").GetRawText();
        Assert.That(JsonTokens.Of(WithoutNotice(structured)), Is.EqualTo(JsonTokens.Of(expected)));
        Assert.That((await JsonSchema.FromJsonAsync(tool.OutputSchema)).Validate(structured), Is.Empty);
    }

    // Brief answers have all members if the caller wants them.
    private static JsonObject Arguments(ToolDescriptor tool, JudgedCall call)
    {
        var arguments = call.Arguments();
        if (tool.Brief.Count > 0)
        {
            arguments["fields"] = "*";
        }

        return arguments;
    }

    // The first member contains the notes: the page, and the filters of another call, which the examples repeat.
    private static string WithoutNotice(string structured) =>
        structured.StartsWith("{\"notice\":\"", StringComparison.Ordinal)
            ? "{" + structured[(structured.IndexOf("\",", StringComparison.Ordinal) + 2)..]
            : structured;

    // The first answer of status 2xx, as the specification shows it, and what the client gets of it.
    private static (string Status, string Type, string Text, string Expected) Example(JudgedCall call)
    {
        var response = Specification
            .GetProperty("paths")
            .GetProperty(call.Path)
            .GetProperty(call.Method.ToLowerInvariant())
            .GetProperty("responses")
            .EnumerateObject()
            .First(response => response.Name.StartsWith('2'));
        if (!Resolve(response.Value).TryGetProperty("content", out var content))
        {
            return (response.Name, "application/json", "", """{"status":"done"}""");
        }

        var media = content.EnumerateObject().First();
        var example = media.Value.GetProperty("example");
        return media.Name == "text/plain"
            ? (response.Name, media.Name, example.GetString()!, $$"""{"value":{{example.GetRawText()}}}""")
            : (
                response.Name,
                media.Name,
                example.GetRawText(),
                example.ValueKind switch
                {
                    JsonValueKind.Object => example.GetRawText(),
                    JsonValueKind.Array => $$"""{"items":{{example.GetRawText()}}}""",
                    _ => $$"""{"value":{{example.GetRawText()}}}""",
                }
            );
    }

    private static JsonElement Resolve(JsonElement node) =>
        node.TryGetProperty("$ref", out var reference)
            ? reference.GetString()!.Split('/').Skip(1).Aggregate(Specification, (at, name) => at.GetProperty(name))
            : node;
}
