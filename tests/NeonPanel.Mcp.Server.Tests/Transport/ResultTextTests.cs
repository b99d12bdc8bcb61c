using System.Text.Json.Nodes;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Server.Transport.Hosts;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Transport;

/// <summary>Rule D10: a host that reads structured content gets one sentence as text; a host that reads text, and a
/// host that is not known, get the whole answer as text, whatever its size.</summary>
internal sealed class ResultTextTests
{
    private const string PerRequest = "2026-07-28";
    private const string Initialize = "2025-11-25";

    private static readonly string Answer = $$"""{"data":[{"uuid":"1"}],"long":"{{new string('x', 20_000)}}"}""";

    private RawUpstream api = null!;
    private TwoPaths paths = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        api = new(exchange => exchange.SendJsonAsync(Answer));
        paths = await TwoPaths.StartAsync(api.Address);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await paths.DisposeAsync();
        await api.DisposeAsync();
    }

    [TestCase("claude-code", "", false)]
    [TestCase("Claude-Code (via mcp-remote 0.1.37)", "", false)]
    [TestCase("codex-mcp-client", "", false)]
    [TestCase("openai-mcp/1.0.0", "", false)]
    [TestCase("opencode", "", true)]
    [TestCase("claude-code-fork", "", true)]
    [TestCase(null, "", true)]
    [TestCase("claude-code", "?text=full", true)]
    [TestCase("claude-code", "?text=other", false)]
    [TestCase("opencode", "?text=summary", false)]
    [TestCase(null, "?TEXT=Summary", false)]
    public async Task Call_HostInTheRequest_DecidesTheText(string? host, string query, bool isWhole)
    {
        foreach (var client in Clients)
        {
            await CheckAsync(client, "/mcp" + query, PerRequest, host, "a", isWhole);
        }
    }

    [Test]
    public async Task Call_AfterInitialize_DependsOnItsHostAndRevision()
    {
        foreach (var client in Clients)
        {
            await InitializeAsync(client, "claude-code", Initialize, "a");
            await CheckAsync(client, "/mcp", Initialize, null, "a", isWhole: false);
            await CheckAsync(client, "/mcp", Initialize, null, "b", isWhole: true);
            await CheckAsync(client, "/mcp?text=full", Initialize, null, "a", isWhole: true);
            // Structured content is newer than this revision.
            await InitializeAsync(client, "claude-code", "2025-03-26", "a");
            await CheckAsync(client, "/mcp", Initialize, null, "a", isWhole: true);
            await InitializeAsync(client, "codex-mcp-client", "2025-06-18", "a");
            await CheckAsync(client, "/mcp", Initialize, null, "a", isWhole: false);
            await InitializeAsync(client, "another", Initialize, "a");
            await CheckAsync(client, "/mcp", Initialize, null, "a", isWhole: true);
        }
    }

    [TestCase("Full", "claude-code", true)]
    [TestCase("Summary", "opencode", false)]
    [TestCase("Auto", "claude-code", false)]
    public async Task Call_Setting_HasPriorityOverTheHost(string setting, string host, bool isWhole)
    {
        await using var server = await ProtectedServer.StartAsync(
            ("Upstream:BaseAddress", api.Address),
            ("Mcp:ResultText", setting)
        );
        using var client = new RpcClient(new(server.Address), server.Issuer.Token());
        await CheckAsync(client, "/mcp", PerRequest, host, "a", isWhole);
        await CheckAsync(client, "/mcp?text=full", PerRequest, host, "a", isWhole: true);
        await CheckAsync(client, "/mcp?text=summary", PerRequest, host, "a", isWhole: false);
    }

    [TestCase("claude-code", "", false)]
    [TestCase("opencode", "", true)]
    [TestCase("opencode", "?text=summary", false)]
    [TestCase("claude-code", "?text=full", true)]
    public async Task Call_OnTheOlderTransport_DependsOnInitializeAndTheAddressOfTheStream(
        string host,
        string query,
        bool isWhole
    )
    {
        await using var server = await ProtectedServer.StartAsync(("Upstream:BaseAddress", api.Address));
        using var stream = await SseStream.OpenAsync(server.Address, server.Issuer.Token(), "/sse" + query);
        var initialize = SseStream.Initialize.Replace("\"test\"", $"\"{host}\"", StringComparison.Ordinal);
        using var first = await stream.PostAsync(
            initialize.Replace("2024-11-05", "2025-06-18", StringComparison.Ordinal)
        );
        await stream.ReadMessageAsync();
        using var second = await stream.PostAsync(SseStream.Call(2));
        Check((await stream.ReadMessageAsync())["result"]!, isWhole);
    }

    [Test]
    public void KnownHosts_EachHasSourcesAndANameOfItsOwn()
    {
        var hosts = KnownHosts.All.Hosts;
        Assert.That(hosts.Select(host => host.Name), Is.Unique);
        foreach (var host in hosts)
        {
            Assert.That(host.Sources, Is.Not.Empty, host.Name);
            Assert.That(host.Sources.Select(source => source.Date), Has.All.Match(@"^\d{4}-\d\d-\d\d$"), host.Name);
            Assert.That(KnownHosts.All.Find(host.Name), Is.SameAs(host));
        }
    }

    private IEnumerable<RpcClient> Clients => [paths.Fast, paths.Slow];

    private static async Task InitializeAsync(RpcClient client, string host, string revision, string userAgent)
    {
        var parameters = new JsonObject
        {
            ["protocolVersion"] = revision,
            ["capabilities"] = new JsonObject(),
            ["clientInfo"] = new JsonObject { ["name"] = host, ["version"] = "1" },
        };
        var answer = await client.SendAsync("/mcp", revision, "initialize", parameters, ("User-Agent", userAgent));
        Assert.That(answer.Result["protocolVersion"]!.ToString(), Is.EqualTo(revision));
    }

    private static async Task CheckAsync(
        RpcClient client,
        string path,
        string revision,
        string? host,
        string userAgent,
        bool isWhole
    )
    {
        var call = new JsonObject
        {
            ["name"] = "listCompanies",
            ["arguments"] = new JsonObject { ["fields"] = "*" },
        };
        var info = host is null ? null : new JsonObject { ["name"] = host, ["version"] = "1" };
        var answer = await client.SendAsync(path, revision, "tools/call", call, info, ("User-Agent", userAgent));
        Check(answer.Result, isWhole);
    }

    private static void Check(JsonNode result, bool isWhole)
    {
        var text = result["content"]![0]!["text"]!.ToString();
        Assert.That(
            text,
            isWhole
                ? Is.EqualTo(Answer)
                : Is.EqualTo(
                    $"List the user's companies: {Answer.Length} bytes of JSON in structuredContent (?text=full in the server's address shows them here)."
                )
        );
        Assert.That(result["structuredContent"]!["long"]!.ToString(), Has.Length.EqualTo(20_000));
    }
}
