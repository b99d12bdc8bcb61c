using System.Text.Json.Nodes;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Server.Tests.Transport;
using NeonPanel.Mcp.Tools;
using NeonPanel.Mcp.Tools.Generated;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Views;

/// <summary>Views as resources, by MCP Apps (SEP-1865, revision 2026-01-26).</summary>
internal sealed class ViewResourceTests
{
    private const string MediaType = "text/html;profile=mcp-app";

    // The address of a profile without skills, which are resources as well.
    private const string NoSkills = "/mcp/account";

    private static readonly ToolCatalog Catalog = GeneratedCatalog.Create();
    private static readonly string[] WithView =
    [
        .. Catalog.Tools.Where(tool => tool.View is not null).Select(tool => tool.Name),
    ];
    private static readonly string[] Methods = ["resources/list", "resources/read", "resources/templates/list"];

    private ProtectedServer on = null!;
    private ProtectedServer off = null!;
    private RpcClient anonymous = null!;
    private RpcClient anonymousOff = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        on = await ProtectedServer.StartAsync(("Mcp:Views", "true"), ("Auth:AnonymousDiscovery", "true"));
        off = await ProtectedServer.StartAsync(("Mcp:Views", "Off"), ("Auth:AnonymousDiscovery", "true"));
        anonymous = new(new(on.Address), null);
        anonymousOff = new(new(off.Address), null);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        anonymous.Dispose();
        anonymousOff.Dispose();
        await on.DisposeAsync();
        await off.DisposeAsync();
    }

    [TestCase(HttpTransportMode.StreamableHttp, "2025-11-25")]
    [TestCase(HttpTransportMode.StreamableHttp, RpcClient.PerRequest)]
    [TestCase(HttpTransportMode.Sse, "2024-11-05")]
    public async Task Read_ByARealClientFromTheToolsMetadata_IsOneDocumentThatLoadsNothing(
        HttpTransportMode mode,
        string revision
    )
    {
        await using var client = await McpClient.CreateAsync(
            new HttpClientTransport(
                new()
                {
                    Endpoint = new(on.Address + (mode == HttpTransportMode.Sse ? "/sse" : "/mcp")),
                    TransportMode = mode,
                    AdditionalHeaders = new Dictionary<string, string>
                    {
                        ["Authorization"] = "Bearer " + on.Issuer.Token(),
                    },
                }
            ),
            new() { ProtocolVersion = revision }
        );
        Assert.That(client.ServerCapabilities.Resources, Is.Not.Null);
        Assert.That(client.ServerCapabilities.Extensions, Contains.Key("io.modelcontextprotocol/ui"));
        var listed = (await client.ListResourcesAsync())
            .Where(resource => resource.Uri.StartsWith("ui://", StringComparison.Ordinal))
            .ToDictionary(resource => resource.Name);
        Assert.That(listed.Keys, Is.EquivalentTo(WithView));
        foreach (var tool in (await client.ListToolsAsync()).Where(tool => WithView.Contains(tool.Name)))
        {
            var meta = tool.ProtocolTool.Meta!;
            var address = (string)meta["ui"]!["resourceUri"]!;
            Assert.That(
                address,
                Does.Match("^ui://neonpanel/[0-9a-f]{8}/" + tool.Name + "$").And.EqualTo(listed[tool.Name].Uri)
            );
            Assert.That(
                ((string?)meta["ui/resourceUri"], (string?)meta["openai/outputTemplate"]),
                Is.EqualTo((address, address))
            );
            Assert.That(
                (bool?)meta["openai/widgetAccessible"],
                Is.EqualTo(
                    tool.JsonSchema.GetProperty("properties").TryGetProperty("page", out _) ? true : (bool?)null
                ),
                tool.Name
            );
            var contents = (TextResourceContents)(await client.ReadResourceAsync(new Uri(address))).Contents.Single();
            Assert.That(
                (contents.Uri, contents.MimeType, listed[tool.Name].MimeType),
                Is.EqualTo((address, MediaType, MediaType))
            );
            Assert.That(
                contents.Meta!.ToJsonString(),
                Is.EqualTo(
                    """{"ui":{"csp":{"connectDomains":[],"resourceDomains":[],"frameDomains":[],"baseUriDomains":[]},"prefersBorder":true}}"""
                )
            );
            Assert.That(
                contents.Text,
                Does.StartWith("<!doctype html>")
                    .And.Not.Contains("src=")
                    .And.Not.Contains("href=")
                    .And.Not.Contains("@import")
            );
            Assert.That(contents.Text.Length, Is.LessThan(35_000), tool.Name);
        }
    }

    [Test]
    public async Task Off_NothingOfViewsIsListedAnnouncedOrAnswered(
        [ValueSource(typeof(RpcClient), nameof(RpcClient.Revisions))] string revision
    )
    {
        var list = await anonymousOff.SendAsync(NoSkills, revision, "tools/list");
        Assert.That(
            list.Result["tools"]!.AsArray().Select(tool => tool!["_meta"]!.ToJsonString()),
            Is.EqualTo(Catalog.OfProfile("account").Select(tool => JsonNode.Parse(tool.Meta)!.ToJsonString()))
        );
        var greeting =
            revision == RpcClient.PerRequest
                ? await anonymousOff.SendAsync(NoSkills, revision, "server/discover")
                : await anonymousOff.PostAsync(NoSkills, SseStream.Initialize);
        var capabilities = greeting.Result["capabilities"]!;
        Assert.That(capabilities["resources"], Is.Null);
        Assert.That(capabilities["extensions"]?["io.modelcontextprotocol/ui"], Is.Null);
        using var client = new RpcClient(new(off.Address), off.Issuer.Token());
        foreach (var method in Methods)
        {
            var parameters =
                method == "resources/read"
                    ? new JsonObject { ["uri"] = "ui://neonpanel/00000000/listCompanies" }
                    : null;
            foreach (var caller in (RpcClient[])[anonymousOff, client])
            {
                var answer = await caller.SendAsync(
                    NoSkills,
                    revision,
                    method,
                    (JsonObject?)parameters?.DeepClone(),
                    ("Mcp-Name", "ui://neonpanel/00000000/listCompanies")
                );
                Assert.That(answer.ErrorCode, Is.EqualTo(-32601), method);
            }
        }
    }

    [Test]
    public async Task On_ListOfTools_DiffersInTheMetadataOfToolsWithViewsAlone(
        [ValueSource(typeof(RpcClient), nameof(RpcClient.Revisions))] string revision
    )
    {
        var with = (await anonymous.SendAsync("/mcp", revision, "tools/list")).Result;
        var without = (await anonymousOff.SendAsync("/mcp", revision, "tools/list")).Result;
        foreach (var tool in with["tools"]!.AsArray())
        {
            var added = WithView.Contains((string)tool!["name"]!)
                ? new[] { "ui", "ui/resourceUri", "openai/outputTemplate", "openai/widgetAccessible" }
                : [];
            added.ToList().ForEach(name => tool["_meta"]!.AsObject().Remove(name));
        }

        Assert.That(JsonNode.DeepEquals(with["tools"], without["tools"]), Is.True);
    }

    [TestCase("/mcp/core")]
    [TestCase("/mcp/purchasing")]
    [TestCase("/mcp/research")]
    public async Task List_OfAProfile_HasTheViewsOfItsTools(string path)
    {
        var expected = Catalog
            .OfProfile(path["/mcp/".Length..])
            .Where(tool => tool.View is not null)
            .Select(tool => tool.Name)
            .ToList();
        Assert.That(Names(await anonymous.SendAsync(path, "2025-11-25", "resources/list")), Is.EqualTo(expected));
        Assert.That(
            (await anonymous.SendAsync(path, "2025-11-25", "resources/templates/list")).Result[
                "resourceTemplates"
            ]!.AsArray(),
            Is.Empty
        );
    }

    [TestCase("2024-11-05", -32002)]
    [TestCase("2025-11-25", -32002)]
    [TestCase(RpcClient.PerRequest, -32602)]
    public async Task Read_OfWhatIsNotHere_IsRefusedByTheRevisionsCode(string revision, int expected)
    {
        var address = await AddressAsync("shipments_list");
        foreach (
            var (path, uri) in new[]
            {
                ("/mcp", "ui://neonpanel/00000000/nothing"),
                ("/mcp", "ui://other/00000000/shipments_list"),
                ("/mcp", "ui://neonpanel/x/shipments_list"),
                ("/mcp", "ui://neonpanel/0000000G/shipments_list"),
                ("/mcp", "https://example.com/"),
                ("/mcp", ""),
                ("/mcp/core", address),
            }
        )
        {
            var answer = await ReadAsync(path, revision, uri);
            Assert.That(
                (answer.ErrorCode, (string?)answer.Message!["error"]!["message"]),
                Is.EqualTo(
                    ((int?)expected, $"There is no resource '{uri}' here; resources/list names the available ones.")
                ),
                uri
            );
        }
    }

    [Test]
    public async Task Read_WithTheHashOfAnEarlierBuild_IsThePresentDocument()
    {
        var address = await AddressAsync("bills_list");
        var earlier = address.Replace(address.Split('/')[3], "0123abcd", StringComparison.Ordinal);
        var contents = (await ReadAsync("/mcp", "2025-11-25", earlier)).Result["contents"]![0]!;
        Assert.That((string?)contents["uri"], Is.EqualTo(earlier));
        Assert.That(
            (string?)contents["text"],
            Is.EqualTo((string?)(await ReadAsync("/mcp", "2025-11-25", address)).Result["contents"]![0]!["text"])
        );
    }

    [Test]
    public async Task Answers_OfThePerRequestRevisionAlone_SayHowLongTheyMayBeKept()
    {
        var address = await AddressAsync("bills_list");
        foreach (var revision in RpcClient.Revisions)
        {
            foreach (
                var answer in new[]
                {
                    await anonymous.SendAsync("/mcp", revision, "resources/list"),
                    await ReadAsync("/mcp", revision, address),
                }
            )
            {
                Assert.That(
                    ((long?)answer.Result["ttlMs"], (string?)answer.Result["cacheScope"]),
                    Is.EqualTo(revision == RpcClient.PerRequest ? (3_600_000L, "private") : default((long?, string?))),
                    revision
                );
            }
        }
    }

    [Test]
    public async Task Read_WithTheReadOnlyHeaderOrACursor_FollowsTheList()
    {
        Assert.That(
            Names(await anonymous.SendAsync("/mcp", "2025-11-25", "resources/list", null, ("X-MCP-Readonly", "true"))),
            Is.EqualTo(WithView)
        );
        Assert.That(
            (await anonymous.SendAsync("/mcp", "2025-11-25", "resources/list", new() { ["cursor"] = "x" })).ErrorCode,
            Is.EqualTo(-32602)
        );
    }

    [Test]
    public async Task Anonymous_WhereDiscoveryNeedsAToken_IsChallenged()
    {
        await using var server = await ProtectedServer.StartAsync(("Mcp:Views", "true"));
        using var stranger = new RpcClient(new(server.Address), null);
        foreach (var method in Methods)
        {
            Assert.That((await stranger.SendAsync("/mcp", "2025-11-25", method)).Status, Is.EqualTo(401), method);
        }
    }

    [Test]
    public async Task Settings_ViewsThatIsNoMode_IsAFaultThatNamesIt()
    {
        var fault = await Assert.ThrowsAsync<SettingsException>(() => ProtectedServer.StartAsync(("Mcp:Views", "yes")));
        Assert.That(fault!.Message, Is.EqualTo("Mcp:Views must be one of Off, Auto, On, but is 'yes'."));
    }

    private async Task<string> AddressAsync(string tool) =>
        (string)
            (await anonymous.SendAsync("/mcp", "2025-11-25", "resources/list")).Result["resources"]!
                .AsArray()
                .Single(resource => (string?)resource!["name"] == tool)!["uri"]!;

    private Task<RpcAnswer> ReadAsync(string path, string revision, string uri) =>
        anonymous.SendAsync(
            path,
            revision,
            "resources/read",
            new() { ["uri"] = uri },
            revision == RpcClient.PerRequest ? [("Mcp-Name", uri)] : []
        );

    private static List<string> Names(RpcAnswer answer) =>
        [
            .. answer.Result["resources"]!
                .AsArray()
                .Where(resource => ((string)resource!["uri"]!).StartsWith("ui://", StringComparison.Ordinal))
                .Select(resource => (string)resource!["name"]!),
        ];
}
