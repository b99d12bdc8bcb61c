using System.Text.Json.Nodes;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Server.Tests.Judge;
using NeonPanel.Mcp.Server.Tests.Transport;
using NeonPanel.Mcp.Tools;
using NeonPanel.Mcp.Tools.Generated;
using NJsonSchema;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Calls.Previews;

/// <summary>Every tool that writes, with all that it takes: the preview has the body of the request that the judge of
/// requests expects, fits the output schema, and sends no write.</summary>
internal sealed class EveryPreviewTests
{
    private static readonly ToolCatalog Catalog = GeneratedCatalog.Create();

    private RawUpstream api = null!;
    private ProtectedServer server = null!;
    private RpcClient client = null!;

    private static IEnumerable<TestCaseData> Cases =>
        JudgedCall
            .ReadAll()
            .Where(call => call.Method != "GET")
            .Select(call => new TestCaseData(call).SetArgDisplayNames(call.Kind, call.Method, call.Path));

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        api = new(exchange => exchange.SendJsonAsync("{}"));
        server = await ProtectedServer.StartAsync(("Upstream:BaseAddress", api.Address));
        client = new(new(server.Address), server.Issuer.Token());
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
        await api.DisposeAsync();
    }

    [Test]
    public void Tools_ThatWrite_HaveAPreviewAndOthersHaveNone()
    {
        foreach (var tool in Catalog.Tools.Concat(Catalog.ComposedTools))
        {
            var has = JsonNode.Parse(tool.InputSchema)!["properties"]!.AsObject().ContainsKey("preview");
            Assert.That(has, Is.EqualTo(!tool.Hints.ReadOnly), tool.Name);
        }
    }

    [TestCaseSource(nameof(Cases))]
    public async Task Preview_OfEveryWrite_HasItsBodyAndSendsNone(JudgedCall call)
    {
        api.Forget();
        var tool = Catalog.Tools.Single(tool => tool.Method == call.Method && tool.Path == call.Path);
        var arguments = call.Arguments();
        arguments["preview"] = true;
        var answer = await client.SendAsync(
            "/mcp",
            "2025-11-25",
            "tools/call",
            new() { ["name"] = tool.Name, ["arguments"] = arguments },
            ("Accept", "application/json")
        );
        var structured = answer.Result["structuredContent"]!;
        var preview = structured["preview"]!;
        Assert.That((preview["method"]?.ToString(), preview["path"]?.ToString()), Is.EqualTo((call.Method, call.Path)));
        var expected = call.Line["request"]!["body"];
        Assert.That(JsonNode.DeepEquals(preview["body"], expected), Is.True, () => $"{preview}\n{expected}");
        Assert.That(
            api.Requests.Where(request => !request.Line.StartsWith("GET ", StringComparison.Ordinal)),
            Is.Empty
        );
        var schema = await JsonSchema.FromJsonAsync(tool.OutputSchema);
        Assert.That(schema.Validate(structured.ToJsonString()), Is.Empty);
    }

    [Test]
    public async Task Preview_OfTheSdkAndOfTheFastPath_IsTheSame()
    {
        await using var paths = await TwoPaths.StartAsync();
        var texts = new List<string>();
        foreach (var path in new[] { paths.Fast, paths.Slow })
        {
            var answer = await path.SendAsync(
                "/mcp",
                "2025-11-25",
                "tools/call",
                new()
                {
                    ["name"] = "deleteProduct",
                    ["arguments"] = new JsonObject
                    {
                        ["companyUuid"] = "HPO",
                        ["productId"] = "HP-LANT-01",
                        ["preview"] = true,
                    },
                },
                ("Accept", "application/json, text/event-stream")
            );
            texts.Add(answer.Result["structuredContent"]!["preview"]!.ToJsonString());
        }

        Assert.That(texts[0], Does.Contain("\"record\":{\"id\":6101"));
        Assert.That(texts[1], Is.EqualTo(texts[0]));
    }
}
