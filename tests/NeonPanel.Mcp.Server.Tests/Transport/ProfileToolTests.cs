using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ModelContextProtocol.Client;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Tools;
using NeonPanel.Mcp.Tools.Generated;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Transport;

/// <summary>The tool that tells the accounts of a user apart (<c>openai/profile</c>), and who sees it.</summary>
internal sealed class ProfileToolTests
{
    private const string Name = "get_profile";
    private const string ChatGpt = "openai-mcp/1.0.0";

    private ProtectedServer server = null!;
    private RpcClient client = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        server = await ProtectedServer.StartAsync();
        client = new(new(server.Address), server.Issuer.Token());
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    [TestCase("2025-11-25", ChatGpt, null, true)]
    [TestCase("2025-06-18", ChatGpt + " (+https://openai.com/bot)", null, true)]
    [TestCase("2025-11-25", "claude-code/2.1.280", null, false)]
    [TestCase("2025-11-25", null, null, false)]
    [TestCase("2025-11-25", "my-openai-mcp/1.0.0", null, false)]
    [TestCase(RpcClient.PerRequest, null, "openai-mcp", true)]
    [TestCase(RpcClient.PerRequest, ChatGpt, "another", true)]
    [TestCase(RpcClient.PerRequest, null, "claude-ai", false)]
    public async Task List_HasTheTool_ForHostsThatUseIt(string revision, string? agent, string? name, bool expected)
    {
        var answer = await ListAsync("/mcp", revision, agent, name);
        var names = Names(answer);
        Assert.That(names.Contains(Name), Is.EqualTo(expected));
        Assert.That(names, Is.EqualTo(names.Order(StringComparer.Ordinal)));
        if (revision == RpcClient.PerRequest)
        {
            // A cache must not give this list to another host.
            Assert.That((string?)answer.Result["cacheScope"], Is.EqualTo(expected ? "private" : "public"));
        }
    }

    [TestCase("/mcp/core", "", true)]
    [TestCase("/mcp/read", "", true)]
    [TestCase("/mcp", "X-MCP-Readonly: true", true)]
    [TestCase("/mcp", "X-MCP-Tools: getStock", false)]
    [TestCase("/mcp/research", "", false, Description = "research has exactly two tools")]
    public async Task List_OfAnAddress_HasItBesideTheTools(string path, string header, bool expected)
    {
        (string, string)[] headers = header.Split(": ") is [var name, var value] ? [(name, value)] : [];
        var plain = Names(await client.SendAsync(path, "2025-11-25", "tools/list", null, headers));
        var own = Names(
            await client.SendAsync(path, "2025-11-25", "tools/list", null, [("User-Agent", ChatGpt), .. headers])
        );
        Assert.That(own.Except(plain), Is.EqualTo(expected ? new[] { Name } : []));
        Assert.That(plain.Except(own), Is.Empty);
    }

    [Test]
    public async Task List_WithTheTool_DiffersByThatToolAndIconsAlone()
    {
        var plain = (await ListAsync("/mcp", "2025-11-25", null, null)).Result["tools"]!.AsArray();
        var own = (await ListAsync("/mcp", "2025-11-25", ChatGpt, null)).Result["tools"]!.AsArray();
        var profile = own.Single(tool => (string?)tool!["name"] == Name)!;
        own.Remove(profile);
        foreach (var tool in own)
        {
            tool!.AsObject().Remove("icons");
        }

        Assert.That(JsonNode.DeepEquals(own, plain), Is.True);
        Assert.That((bool?)profile["_meta"]!["openai/profile"], Is.True);
        Assert.That(
            (
                (bool?)profile["annotations"]!["readOnlyHint"],
                (bool?)profile["annotations"]!["destructiveHint"],
                (bool?)profile["annotations"]!["openWorldHint"]
            ),
            Is.EqualTo(((bool?)true, (bool?)false, (bool?)false))
        );
        Assert.That(
            profile["inputSchema"]!.ToJsonString(),
            Is.EqualTo("""{"type":"object","properties":{},"additionalProperties":false}""")
        );
        Assert.That(
            profile["securitySchemes"]!.ToJsonString(),
            Is.EqualTo("""[{"type":"oauth2","scopes":["openid"]}]""")
        );
        Assert.That((string?)profile["outputSchema"]!["required"]![0], Is.EqualTo("id"));
    }

    [Test]
    public async Task Call_GivesAnIdOfTheSubjectAlone([Values("2025-11-25", RpcClient.PerRequest)] string revision)
    {
        var ids = new List<string>();
        foreach (
            var token in new[]
            {
                server.Issuer.Token(body => body["sub"] = "4711"),
                server.Issuer.Token(body =>
                {
                    body["sub"] = "4711";
                    body["client_id"] = "another";
                    body["exp"] = TestIssuer.Now + 5000;
                }),
                server.Issuer.Token(body => body["sub"] = "4712"),
            }
        )
        {
            using var own = new RpcClient(new(server.Address), token);
            var result = (await own.SendAsync("/mcp", revision, "tools/call", Call())).Result;
            Assert.That((bool?)result["isError"], Is.False);
            Assert.That(result["structuredContent"]!.AsObject().Select(pair => pair.Key), Is.EqualTo(new[] { "id" }));
            Assert.That(
                (string?)result["content"]![0]!["text"],
                Is.EqualTo(result["structuredContent"]!.ToJsonString())
            );
            ids.Add((string)result["structuredContent"]!["id"]!);
        }

        Assert.That(ids[0], Does.Match("^[0-9a-f]{32}$").And.EqualTo(ids[1]).And.Not.EqualTo(ids[2]));
        // The log has the plain hash of the subject, which must not identify the account elsewhere.
        var plain = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("4711")));
        Assert.That(plain, Does.Not.StartWith(ids[0][..12]));
        Assert.That(server.Log.Lines, Has.None.Contains(ids[0]).And.Some.Contains(Name));
    }

    [TestCase("""{"x":1}""")]
    [TestCase("[]")]
    [TestCase("\"4711\"")]
    public async Task Call_WithArguments_IsRefused(string arguments)
    {
        var parameters = Call();
        parameters["arguments"] = JsonNode.Parse(arguments);
        var result = (await client.SendAsync("/mcp", "2025-11-25", "tools/call", parameters)).Result;
        Assert.That((bool?)result["isError"], Is.True);
        Assert.That(
            (string?)result["content"]![0]!["text"],
            Is.EqualTo("get_profile takes no arguments; send an empty object.")
        );
    }

    [Test]
    public async Task Call_WithoutAToken_IsChallenged()
    {
        using var nobody = new RpcClient(new(server.Address), null);
        Assert.That((await nobody.SendAsync("/mcp", "2025-11-25", "tools/call", Call())).Status, Is.EqualTo(401));
    }

    [TestCase("On", null, true)]
    [TestCase("Off", ChatGpt, false)]
    [TestCase("Auto", ChatGpt, true)]
    public async Task Setting_SaysWhoGetsTheTool(string mode, string? agent, bool expected)
    {
        await using var own = await ProtectedServer.StartAsync(("Mcp:ProfileTool", mode));
        using var caller = new RpcClient(new(own.Address), own.Issuer.Token());
        (string, string)[] headers = agent is null ? [] : [("User-Agent", agent)];
        var names = Names(await caller.SendAsync("/mcp", "2025-11-25", "tools/list", null, headers));
        Assert.That(names.Contains(Name), Is.EqualTo(expected));
        var call = await caller.SendAsync("/mcp", "2025-11-25", "tools/call", Call());
        Assert.That(call.ErrorCode, Is.EqualTo(expected ? null : -32602));
    }

    [Test]
    public async Task OlderTransport_OffersItToTheHostThatInitializeNames()
    {
        foreach (var (name, expected) in new[] { ("openai-mcp", true), ("claude-ai", false) })
        {
            await using var real = await McpClient.CreateAsync(
                new HttpClientTransport(
                    new()
                    {
                        Endpoint = new(server.Address + "/sse"),
                        TransportMode = HttpTransportMode.Sse,
                        AdditionalHeaders = new Dictionary<string, string>
                        {
                            ["Authorization"] = "Bearer " + server.Issuer.Token(),
                        },
                    }
                ),
                new()
                {
                    ClientInfo = new() { Name = name, Version = "1.0.0" },
                }
            );
            var tools = await real.ListToolsAsync();
            Assert.That(tools.Any(tool => tool.Name == Name), Is.EqualTo(expected));
        }
    }

    [Test]
    public async Task Catalog_WithAToolOfThatName_KeepsItsOwn()
    {
        var catalog = GeneratedCatalog.Create();
        catalog.TryGet("listCompanies", out var list);
        var own = new ToolDescriptor
        {
            Name = Name,
            Title = "Own",
            Description = "The API's own.",
            OperationId = null,
            Method = "GET",
            Path = "/profile",
            InputSchema = list!.InputSchema,
            OutputSchema = list.OutputSchema,
            Hints = list.Hints,
            Profiles = list.Profiles,
            Scopes = list.Scopes,
            Meta = list.Meta,
            Tokens = 1,
            Arguments = list.Arguments,
            Call = list.Call,
        };
        await using var strict = await StrictUpstream.StartAsync(
            _ => { },
            [],
            new([own])
            {
                SpecificationTitle = "Other API",
                SpecificationVersion = "1",
                Hash = "0",
                ServerAddress = null,
                Scopes = [],
                Profiles = catalog.Profiles,
            }
        );
        using var caller = new RpcClient(strict.Address, strict.Token);
        var tools = (await caller.SendAsync("/mcp", "2025-11-25", "tools/list", null, ("User-Agent", ChatGpt))).Result[
            "tools"
        ]!;
        Assert.That((string?)tools.AsArray().Single()!["title"], Is.EqualTo("Own"));
    }

    private Task<RpcAnswer> ListAsync(string path, string revision, string? agent, string? name) =>
        client.SendAsync(
            path,
            revision,
            "tools/list",
            null,
            name is null ? null : new JsonObject { ["name"] = name, ["version"] = "1" },
            agent is null ? [] : [("User-Agent", agent)]
        );

    private static JsonObject Call() => new() { ["name"] = Name, ["arguments"] = new JsonObject() };

    private static List<string> Names(RpcAnswer answer) =>
        [.. answer.Result["tools"]!.AsArray().Select(tool => (string)tool!["name"]!)];
}
