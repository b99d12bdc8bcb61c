using System.Text.Json.Nodes;
using NeonPanel.Mcp.Sandbox;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Tools;
using NeonPanel.Mcp.Tools.Generated;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Sandbox;

/// <summary>Rule D10: readers of structured content, of text, of both, and code get the same data and notes from the
/// sandbox, for each tool.</summary>
[Category("Slow")]
internal sealed class ReaderTests
{
    private const string Company = "Harbor & Pine Outfitters LLC";

    // Calls whose answers are cut, repaired, brief, summed or refused.
    private static readonly (string Tool, string Arguments)[] Special =
    [
        ("bills_list", """{"companyUuid":"HPO","all_pages":true,"fields":"*"}"""),
        ("bills_list", """{"companyUuid":"HPO","perPage":"999"}"""),
        ("bills_list", """{"companyUuid":"Harbor & Pine Outfitters","page":2,"fields":"data.id"}"""),
        ("bills_list", """{"companyUuid":"HPO","total":"sum(amount), count by vendor.name top 2"}"""),
        ("bills_list", """{"companyUuid":"HPO","where":"amount > 900"}"""),
        ("bills_list", """{"companyUuid":"Nobody"}"""),
        ("listInventoryItems", """{"companyUuid":"HPO","per_page":60,"fields":"*"}"""),
        ("getStock", """{"companyUuid":"HPO","items":["HP-LANT-01","nothing"]}"""),
    ];

    private SandboxHost sandbox = null!;
    private Host structured = null!;
    private Host text = null!;
    private Host both = null!;
    private int withNotes;

    [SetUp]
    public async Task StartAsync()
    {
        withNotes = 0;
        sandbox = await SandboxHost.StartAsync(LoopbackPorts.FreePair());
        structured = new(sandbox, "claude-code");
        text = new(sandbox, "opencode");
        both = new(sandbox, null);
    }

    [TearDown]
    public async Task StopAsync()
    {
        both.Dispose();
        text.Dispose();
        structured.Dispose();
        await sandbox.DisposeAsync();
    }

    [Test]
    public async Task Answers_OfEachTool_ReachAllFourReaders()
    {
        var specification = JsonNode.Parse(SpecificationFile.ReadJson())!.AsObject();
        foreach (var tool in GeneratedCatalog.Create().Tools)
        {
            await AssertAllReadAsync(tool.Name, ArgumentsOf(specification, tool), isError: false);
        }

        Assert.That(withNotes, Is.GreaterThan(20));
    }

    [TestCaseSource(nameof(Special))]
    public async Task Answers_WithNotes_ReachAllFourReaders((string Tool, string Arguments) call)
    {
        await AssertAllReadAsync(
            call.Tool,
            JsonNode.Parse(call.Arguments)!.AsObject(),
            isError: call.Arguments.Contains("Nobody", StringComparison.Ordinal)
        );
        Assert.That(withNotes, Is.EqualTo(call.Arguments.Contains("Nobody", StringComparison.Ordinal) ? 0 : 1));
    }

    private async Task AssertAllReadAsync(string tool, JsonObject arguments, bool isError)
    {
        var ofStructured = await structured.CallAsync(tool, arguments);
        var ofText = await text.CallAsync(tool, arguments);
        var ofBoth = await both.CallAsync(tool, arguments);
        Assert.That(ofStructured["isError"]!.GetValue<bool>(), Is.EqualTo(isError), () =>
            $"{tool}: {TextOf(ofStructured, 0)}"
        );
        if (isError)
        {
            Assert.That(TextOf(ofText, 0), Is.EqualTo(TextOf(ofStructured, 0)), tool);
            Assert.That(TextOf(ofBoth, 0), Is.EqualTo(TextOf(ofStructured, 0)), tool);
            return;
        }

        var data = ofStructured["structuredContent"]!.AsObject();
        var notice = data["notice"]?.ToString();
        withNotes += notice is null ? 0 : 1;
        if (TextOf(ofStructured, 0) == TextOf(ofText, 0))
        {
            // An answer without a body, in one sentence for all readers.
            Assert.That(data.Select(member => member.Key), Is.SubsetOf(new[] { "status", "notice" }), tool);
            return;
        }

        Assert.That(TextOf(ofStructured, 0), Does.Contain("bytes of JSON in structuredContent"), tool);
        Assert.That(TextOf(ofText, 1), Is.EqualTo(notice), tool);
        Assert.That(ofBoth["structuredContent"]!.ToJsonString(), Is.EqualTo(data.ToJsonString()), tool);
        Assert.That(TextOf(ofBoth, 0), Is.EqualTo(TextOf(ofText, 0)), tool);
        // Code reads the members beside the notice.
        data.Remove("notice");
        Assert.That(JsonNode.DeepEquals(JsonNode.Parse(TextOf(ofText, 0)!), data), Is.True, tool);
    }

    private static JsonObject ArgumentsOf(JsonObject specification, ToolDescriptor tool)
    {
        if (tool.Composition is not null)
        {
            return tool.Name == "findDocument"
                ? new() { ["number"] = "HP-PO-1047" }
                : new() { ["companyUuid"] = Company };
        }

        var arguments = new JsonObject(
            Examples
                .Of(specification, tool)
                .Select(pair => KeyValuePair.Create(pair.Key, (pair.Value as JsonNode)?.DeepClone()))
        );
        if (tool.Name.StartsWith("assemblyOrders_", StringComparison.Ordinal) && arguments.ContainsKey("orderId"))
        {
            // The example of this parameter, which two kinds of orders share, is the id of an inventory order.
            arguments["orderId"] = 77;
        }

        if (arguments.ContainsKey("companyUuid"))
        {
            arguments["companyUuid"] = Company;
        }

        return arguments;
    }

    private static string? TextOf(JsonNode result, int block) =>
        result["content"]!.AsArray().ElementAtOrDefault(block)?["text"]?.ToString();

    /// <summary>A host with a user and books of its own, so that each host's write is the first of its kind.</summary>
    private sealed class Host(SandboxHost sandbox, string? name) : IDisposable
    {
        private readonly string subject = name ?? "unknown";
        private readonly RpcClient client = new(sandbox.Address, sandbox.CreateToken(name ?? "unknown"));

        public async Task<JsonNode> CallAsync(string tool, JsonObject arguments)
        {
            sandbox.Workspaces.Reset(subject);
            var call = new JsonObject { ["name"] = tool, ["arguments"] = arguments.DeepClone() };
            var info = name is null ? null : new JsonObject { ["name"] = name, ["version"] = "1" };
            var result = (await client.SendAsync("/mcp", RpcClient.PerRequest, "tools/call", call, info)).Result;
            // An import's id is random.
            return result["structuredContent"]?["request_id"] is { } id
                ? JsonNode.Parse(result.ToJsonString().Replace(id.ToString(), "ID", StringComparison.Ordinal))!
                : result;
        }

        public void Dispose() => client.Dispose();
    }
}
