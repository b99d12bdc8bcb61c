using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NeonPanel.Mcp.Sandbox;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Tools;
using NeonPanel.Mcp.Tools.Generated;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Transport;

/// <summary>The instructions of each address (rules C7, C11).</summary>
internal sealed partial class InstructionsTests
{
    private static readonly ToolCatalog Catalog = GeneratedCatalog.Create();

    private SandboxHost sandbox = null!;
    private RpcClient client = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        sandbox = await SandboxHost.StartAsync(LoopbackPorts.FreePair());
        client = new(sandbox.Address, sandbox.Token);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        client.Dispose();
        await sandbox.DisposeAsync();
    }

    [TestCaseSource(nameof(Profiles))]
    public async Task Instructions_OfAProfile_NameOnlyToolsThatItsListContains(string profile)
    {
        var instructions = await InstructionsAsync("/mcp/" + profile, "2025-11-25");
        var listed = await ListedAsync("/mcp/" + profile);
        Assert.That(instructions, Does.Contain("NeonPanel keeps the books"));
        Assert.That(NamesIn(instructions).Except(listed), Is.Empty);
    }

    [TestCase("2025-11-25")]
    [TestCase(RpcClient.PerRequest)]
    public async Task Instructions_OfCore_SayWhereTheOtherToolsAre(string revision)
    {
        Assert.That(await InstructionsAsync("/mcp/core", revision), Does.Contain("The address /mcp has all"));
        Assert.That(await InstructionsAsync("/mcp", revision), Does.Not.Contain("The address /mcp has all"));
    }

    [Test]
    public async Task Instructions_OfAReadOnlyConnection_NameNoToolThatWrites()
    {
        var instructions = await InstructionsAsync("/mcp", "2025-11-25", ("X-MCP-Readonly", "true"));
        Assert.That(instructions, Does.Contain("getInventoryCogs").And.Not.Contain("createDocuments"));
    }

    [Test]
    public async Task Instructions_OnTheOlderTransport_AreThoseOfItsProfile()
    {
        using var stream = await SseStream.OpenAsync(sandbox.Address.ToString(), sandbox.Token);
        await stream.PostAsync(SseStream.Initialize);
        var answer = await stream.ReadMessageAsync();
        Assert.That(
            (string?)answer["result"]!["instructions"],
            Is.EqualTo(await InstructionsAsync("/mcp", "2025-11-25"))
        );
    }

    private static IEnumerable<string> Profiles() => Catalog.Profiles;

    private static IEnumerable<string> NamesIn(string text) =>
        Word()
            .Matches(text)
            .Select(match => match.Value)
            .Where(word => Catalog.TryGet(word, out _) && word != "search");

    private async Task<List<string>> ListedAsync(string path) =>
        [
            .. (await client.SendAsync(path, "2025-11-25", "tools/list")).Result["tools"]!
                .AsArray()
                .Select(tool => (string)tool!["name"]!),
        ];

    private async Task<string> InstructionsAsync(
        string path,
        string revision,
        params (string Name, string Value)[] headers
    )
    {
        var isPerRequest = revision == RpcClient.PerRequest;
        var answer = await client.SendAsync(
            path,
            revision,
            isPerRequest ? "server/discover" : "initialize",
            isPerRequest
                ? null
                : new()
                {
                    ["protocolVersion"] = revision,
                    ["capabilities"] = new JsonObject(),
                    ["clientInfo"] = new JsonObject { ["name"] = "test", ["version"] = "1" },
                },
            headers
        );
        return (string?)answer.Result["instructions"] ?? "";
    }

    [GeneratedRegex("[A-Za-z0-9_]+")]
    private static partial Regex Word();
}
