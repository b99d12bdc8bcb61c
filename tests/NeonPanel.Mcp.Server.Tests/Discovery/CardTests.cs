using System.Net;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Server.Discovery;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NJsonSchema;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Discovery;

/// <summary>Server cards, the catalog that lists them, and <c>llms.txt</c>.</summary>
internal sealed class CardTests
{
    private const string Initialize = """
        {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"REVISION","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}
        """;

    private readonly HttpClient http = new();
    private ProtectedServer server = null!;
    private JsonSchema schema = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        server = await ProtectedServer.StartAsync();
        schema = await JsonSchema.FromFileAsync(
            Path.Combine(Repository.Folder, "spec/schemas/server-card.schema.json")
        );
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
    }

    [TestCase("", "localhost/neonpanel", "NeonPanel")]
    [TestCase("/mcp", "localhost/neonpanel", "NeonPanel")]
    [TestCase("/mcp/core", "localhost/neonpanel-core", "NeonPanel (core)")]
    [TestCase("/mcp/all", "localhost/neonpanel-all", "NeonPanel (all)")]
    public async Task Card_OfEachAddress_NamesTheResourceOfThatAddress(string suffix, string name, string title)
    {
        using var response = await http.GetAsync(server.Address + suffix + "/server-card");
        Assert.That(
            (response.StatusCode, response.Content.Headers.ContentType?.ToString()),
            Is.EqualTo((HttpStatusCode.OK, "application/mcp-server-card+json"))
        );
        var card = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        var resource = await JsonAsync("/.well-known/oauth-protected-resource" + suffix);
        Assert.That(
            ((string?)card["name"], (string?)card["title"], (string?)card["remotes"]![0]!["url"]),
            Is.EqualTo((name, title, (string?)resource["resource"]))
        );
        Assert.That(schema.Validate(card.ToJsonString()), Is.Empty);
    }

    /// <summary>Clients compare the card with the running server (discovery.md, "Consistency with Runtime
    /// Behavior").</summary>
    [Test]
    public async Task Card_NameVersionAndIcons_AreThoseOfTheServer()
    {
        var card = await JsonAsync("/mcp/server-card");
        var said = await CallAsync(Initialize.Replace("REVISION", "2025-11-25", StringComparison.Ordinal));
        var info = said["result"]!["serverInfo"]!;
        Assert.That(
            ((string?)card["name"], (string?)card["title"], (string?)card["version"], card["icons"]!.ToJsonString()),
            Is.EqualTo(
                (
                    "localhost/" + info["name"],
                    (string?)info["title"],
                    (string?)info["version"],
                    info["icons"]!.ToJsonString()
                )
            )
        );
    }

    [Test]
    public async Task Card_EachRevision_IsSpoken()
    {
        var card = await JsonAsync("/mcp/server-card");
        var revisions = card["remotes"]![0]!["supportedProtocolVersions"]!.AsArray().Select(item => (string)item!);
        var spoken = new List<string>();
        foreach (var revision in revisions)
        {
            var answer = await CallAsync(Initialize.Replace("REVISION", revision, StringComparison.Ordinal));
            if ((string?)answer["result"]?["protocolVersion"] == revision)
            {
                spoken.Add(revision);
            }
        }

        var discover = await CallAsync(
            """{"jsonrpc":"2.0","id":1,"method":"server/discover","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}"""
        );
        var perRequest = discover["result"]!["supportedVersions"]!.AsArray().Select(item => (string)item!);
        Assert.That(revisions, Is.SupersetOf(perRequest).And.EquivalentTo(spoken.Union(perRequest)));
        Assert.That(spoken, Has.Count.EqualTo(4));
    }

    [TestCase("/.well-known/ai-catalog.json", "application/ai-catalog+json")]
    [TestCase("/.well-known/mcp/catalog.json", "application/json")]
    public async Task Catalog_EachEntry_LeadsToACardWithAName(string path, string type)
    {
        using var response = await http.GetAsync(server.Address + path);
        Assert.That(response.Content.Headers.ContentType?.ToString(), Is.EqualTo(type));
        var catalog = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        var entries = catalog["entries"]!.AsArray();
        var profiles = (await JsonAsync("/tools.json"))["tools"]!
            .AsArray()
            .SelectMany(tool => tool!["profiles"]!.AsArray())
            .Select(profile => (string)profile!)
            .Append("research")
            .Where(profile => profile != "all")
            .Distinct();
        var names = new List<string>();
        foreach (var entry in entries)
        {
            var card = JsonNode.Parse(await http.GetStringAsync((string)entry!["url"]!))!;
            names.Add((string)card["name"]!);
            Assert.That(
                ((string?)entry["type"], (string?)entry["displayName"]),
                Is.EqualTo(("application/mcp-server-card+json", (string?)card["title"]))
            );
        }

        Assert.That(
            names,
            Is.EquivalentTo(profiles.Select(profile => "localhost/neonpanel-" + profile).Append("localhost/neonpanel"))
        );
        Assert.That(
            entries.Select(entry => (string?)entry!["identifier"]),
            Is.Unique.And.Member("urn:air:localhost:mcp:neonpanel-core")
        );
    }

    [Test]
    public async Task WellKnownCard_IsThatOfTheMainAddress() =>
        Assert.That(
            await http.GetStringAsync(server.Address + "/.well-known/mcp/server-card.json"),
            Is.EqualTo(await http.GetStringAsync(server.Address + "/mcp/server-card"))
        );

    [Test]
    public async Task LlmsText_EachLink_IsAnswered()
    {
        using var response = await http.GetAsync(server.Address + "/llms.txt");
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.Content.Headers.ContentType?.ToString(), Is.EqualTo("text/plain; charset=utf-8"));
        Assert.That(text, Does.StartWith("# NeonPanel MCP server\n\n> Stock, cost of goods, "));
        var links = text.Split('\n')
            .Where(line => line.StartsWith("- [", StringComparison.Ordinal))
            .Select(line => line.Split('(')[1].Split(')')[0])
            .ToList();
        var answered = new List<string>();
        foreach (var link in links)
        {
            using var page = await http.GetAsync(link);
            if (page.StatusCode == HttpStatusCode.OK)
            {
                answered.Add(link);
            }
        }

        Assert.That(answered, Is.EqualTo(links).And.Count.EqualTo(6));
        var tools = (await JsonAsync("/tools.json"))["tools"]!.AsArray();
        Assert.That(text, Does.Contain($"- `{server.Address}/mcp`: {tools.Count}\n"));
        Assert.That(
            tools
                .Select(tool => $"\n- {tool!["name"]}: {tool["title"]}\n")
                .Where(line => !text.Contains(line, StringComparison.Ordinal)),
            Is.Empty
        );
    }

    [TestCase("https://mcp.example.com", "orders", "com.example.mcp/orders")]
    [TestCase("https://mcp.example.com:8443/base", "orders", "com.example.mcp/orders")]
    [TestCase("http://127.0.0.1:3030", "orders", "localhost/orders")]
    [TestCase("http://[::1]:3030", "orders", "localhost/orders")]
    public void Name_OfAPublicAddress_IsItsHostReversed(string address, string slug, string name) =>
        Assert.That(ServerNames.Of(address, slug), Is.EqualTo(name));

    [TestCase("name", "\"no-slash\"")]
    [TestCase("name", "\"com.example/two/parts\"")]
    [TestCase("name", null)]
    [TestCase("description", "\"\"")]
    [TestCase("version", "\"1.x\"")]
    [TestCase("version", "\"latest\"")]
    [TestCase("remotes", "[]")]
    [TestCase("remotes", """[{"type":"stdio","url":"https://a.example/mcp"}]""")]
    [TestCase("remotes", """[{"type":"sse","url":"a.example"}]""")]
    [TestCase("icons", """[{"src":"https://a.example/i.svg","sizes":["big"]}]""")]
    [TestCase("tools", "[]")]
    [TestCase("$schema", "\"https://a.example/schema.json\"")]
    public async Task Schema_WrongMember_IsRefused(string member, string? value)
    {
        var card = await JsonAsync("/mcp/server-card");
        card.AsObject().Remove(member);
        if (value is not null)
        {
            card[member] = JsonNode.Parse(value);
        }

        Assert.That(schema.Validate(card.ToJsonString()), Is.Not.Empty);
    }

    private async Task<JsonNode> JsonAsync(string path) =>
        JsonNode.Parse(await http.GetStringAsync(server.Address + path))!;

    private async Task<JsonNode> CallAsync(string message)
    {
        using var response = await server.ListAsync(server.Issuer.Token(), message);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }
}
