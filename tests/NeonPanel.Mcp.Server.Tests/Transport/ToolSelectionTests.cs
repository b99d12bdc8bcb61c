using System.Text.Json.Nodes;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Transport;

/// <summary><c>X-MCP-Tools</c> and <c>X-MCP-Exclude-Tools</c> narrow what an address offers, and never widen
/// it.</summary>
internal sealed class ToolSelectionTests
{
    private const string Tools = "X-MCP-Tools";
    private const string Excluded = "X-MCP-Exclude-Tools";

    private TwoPaths paths = null!;

    private static string[] Revisions => ["2025-11-25", RpcClient.PerRequest];

    private IEnumerable<RpcClient> Clients => [paths.Fast, paths.Slow];

    [OneTimeSetUp]
    public async Task StartAsync() => paths = await TwoPaths.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await paths.DisposeAsync();

    [TestCase(" listCompanies ,bills_list,, ", null, "bills_list listCompanies")]
    [TestCase("bills_list,listCompanies", "bills_list", "listCompanies")]
    [TestCase("bills_list", "bills_list", "")]
    [TestCase("bills_create,bills_list", null, "bills_list", "/mcp/all", true)]
    public async Task List_WithTools_HasTheseAlone(
        string tools,
        string? excluded,
        string expected,
        string path = "/mcp",
        bool isReadOnly = false
    )
    {
        (string, string)[] headers =
        [
            (Tools, tools),
            .. excluded is null ? Array.Empty<(string, string)>() : [(Excluded, excluded)],
            .. isReadOnly ? [("X-MCP-Readonly", "true")] : Array.Empty<(string, string)>(),
        ];
        foreach (var client in Clients)
        {
            foreach (var revision in Revisions)
            {
                var result = (await client.SendAsync(path, revision, "tools/list", null, headers)).Result;
                Assert.That(string.Join(' ', Names(result)), Is.EqualTo(expected));
                Assert.That(
                    result["cacheScope"]?.ToString(),
                    Is.EqualTo(revision == RpcClient.PerRequest ? "private" : null)
                );
            }
        }
    }

    [Test]
    public async Task List_WithExcludedTools_HasAllOthers()
    {
        foreach (var client in Clients)
        {
            foreach (var revision in Revisions)
            {
                var all = (await client.SendAsync("/mcp/core", revision, "tools/list")).Result;
                Assert.That(all["cacheScope"]?.ToString(), Is.Not.EqualTo("private"));
                // The second one exists, but not at this address.
                var some = await client.SendAsync(
                    "/mcp/core",
                    revision,
                    "tools/list",
                    null,
                    (Excluded, "bills_list,bills_update")
                );
                Assert.That(Names(some.Result), Is.EqualTo(Names(all).Where(name => name != "bills_list")));
            }
        }
    }

    [TestCase(
        Tools,
        "bils_list",
        "X-MCP-Tools names a tool that this address does not have: 'bils_list'. Did you mean 'bills_list'?"
    )]
    [TestCase(Tools, "bills_update", "X-MCP-Tools names a tool that this address does not have: 'bills_update'.*")]
    [TestCase(
        Excluded,
        "bils_list",
        "X-MCP-Exclude-Tools names a tool that does not exist: 'bils_list'. Did you mean 'bills_list'?"
    )]
    public async Task Request_UnknownName_IsAnErrorThatNamesIt(string header, string value, string expected)
    {
        foreach (var client in Clients)
        {
            foreach (var revision in Revisions)
            {
                var list = await client.SendAsync("/mcp/core", revision, "tools/list", null, (header, value));
                Assert.That(list.ErrorCode, Is.EqualTo(-32602));
                Assert.That(list.Message!["error"]!["message"]!.ToString(), Does.Match(expected.Replace("?", "\\?")));
                var call = await client.SendAsync("/mcp/core", revision, "tools/call", Call(), (header, value));
                Assert.That(call.ErrorCode, Is.EqualTo(-32602));
            }
        }
    }

    [TestCase(Tools, "bills_list")]
    [TestCase(Excluded, "listCompanies")]
    public async Task Call_ToolThatIsLeftOut_IsAnUnknownTool(string header, string value)
    {
        foreach (var client in Clients)
        {
            foreach (var revision in Revisions)
            {
                var answer = await client.SendAsync("/mcp", revision, "tools/call", Call(), (header, value));
                Assert.That(answer.ErrorCode, Is.EqualTo(-32602));
                Assert.That(
                    answer.Message!["error"]!["message"]!.ToString(),
                    Does.StartWith("There is no tool 'listCompanies'.").And.Not.Contains("mean 'listCompanies'")
                );
            }
        }
    }

    [TestCase(Tools, "listCompanies")]
    [TestCase(Excluded, "bills_list")]
    [TestCase(Tools, " ")]
    public async Task Call_SelectedTool_IsAnswered(string header, string value)
    {
        foreach (var client in Clients)
        {
            foreach (var revision in Revisions)
            {
                var answer = await client.SendAsync("/mcp", revision, "tools/call", Call(), (header, value));
                Assert.That(answer.Result["structuredContent"]!["data"], Is.Not.Null);
            }
        }
    }

    private static JsonObject Call() => new() { ["name"] = "listCompanies", ["arguments"] = new JsonObject() };

    private static IEnumerable<string> Names(JsonNode result) =>
        result["tools"]!.AsArray().Select(tool => tool!["name"]!.ToString());
}
