using System.Text;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Sandbox;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Research;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Server.Transport;
using NeonPanel.Mcp.Tools;
using NeonPanel.Mcp.Tools.Generated;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Transport;

/// <summary>The content that <c>tools/list</c> returns (rules A5, B5, C6, D9).</summary>
internal sealed class ToolListTests
{
    private static readonly ToolCatalog Catalog = ResearchTools.AddTo(GeneratedCatalog.Create());

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

    [Test]
    public async Task List_Twice_HasTheSameBytesInOrdinalOrder()
    {
        var first = await client.SendAsync("/mcp", "2025-11-25", "tools/list");
        var second = await client.SendAsync("/mcp", "2025-11-25", "tools/list");
        Assert.That(second.Body, Is.EqualTo(first.Body));
        var names = Names(first);
        Assert.That(names, Is.EqualTo(names.Order(StringComparer.Ordinal)));
    }

    [Test]
    public async Task List_EveryTool_DeclaresItsSecurityTwiceItsHintsAndItsStatusLines()
    {
        foreach (var tool in (await client.SendAsync("/mcp", "2025-11-25", "tools/list")).Result["tools"]!.AsArray())
        {
            var descriptor = Catalog.Tools.Single(known => known.Name == (string?)tool!["name"]);
            var security =
                $"[{{\"type\":\"oauth2\",\"scopes\":[{string.Join(',', descriptor.Scopes.Select(scope => $"\"{scope}\""))}]}}]";
            Assert.That(tool!["securitySchemes"]!.ToJsonString(), Is.EqualTo(security));
            Assert.That(tool["_meta"]!["securitySchemes"]!.ToJsonString(), Is.EqualTo(security));
            Assert.That(
                tool["annotations"]!.AsObject().Select(hint => hint.Key),
                Is.EqualTo(new[] { "title", "readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint" })
            );
            Assert.That(
                (bool)tool["annotations"]!["readOnlyHint"]!,
                Is.EqualTo(descriptor.Method == "GET" || descriptor.Composition is not null),
                descriptor.Name
            );
            Assert.That(tool["_meta"]!["openai/toolInvocation/invoking"]!.ToString(), Has.Length.InRange(1, 64));
            Assert.That(tool["_meta"]!["openai/toolInvocation/invoked"]!.ToString(), Has.Length.InRange(1, 64));
            Assert.That(tool["outputSchema"], Is.Not.Null);
        }
    }

    [Test]
    public async Task List_OfThePerRequestRevision_SaysHowLongItMayBeKept()
    {
        var result = (await client.SendAsync("/mcp", RpcClient.PerRequest, "tools/list")).Result.AsObject();
        Assert.That(
            ((long)result["ttlMs"]!, (string)result["cacheScope"]!, (string)result["resultType"]!),
            Is.EqualTo((3_600_000L, "public", "complete"))
        );
        Assert.That((string?)result["_meta"]!["io.modelcontextprotocol/serverInfo"]!["title"], Is.EqualTo("NeonPanel"));
    }

    [Test]
    public async Task List_OfTheInitializeEra_HasNothingThatIsNewer()
    {
        var result = (await client.SendAsync("/mcp", "2025-11-25", "tools/list")).Result.AsObject();
        Assert.That(result.Select(member => member.Key), Is.EqualTo(new[] { "tools" }));
    }

    [Test]
    public async Task List_OfEachProfile_HasItsTools()
    {
        foreach (var profile in Catalog.Profiles)
        {
            var names = Names(await client.SendAsync("/mcp/" + profile, "2025-11-25", "tools/list"));
            Assert.That(names, Is.Not.Empty.And.EqualTo(Catalog.OfProfile(profile).Select(tool => tool.Name)), profile);
        }
    }

    [TestCase("true", true)]
    [TestCase("True", true)]
    [TestCase("1", true)]
    [TestCase("yes, please", true)]
    [TestCase("false", false)]
    [TestCase("0", false)]
    public async Task List_WithTheReadOnlyHeader_IsNarrowed(string value, bool expected)
    {
        var names = Names(
            await client.SendAsync("/mcp/documents", "2025-11-25", "tools/list", null, ("X-MCP-Readonly", value))
        );
        Assert.That(names.All(name => Catalog.TryGet(name, out var tool) && tool.Hints.ReadOnly), Is.EqualTo(expected));
        Assert.That(names, Is.Not.Empty);
    }

    // A cache does not know the header.
    [TestCase("true", "private")]
    [TestCase("false", "public")]
    public async Task List_WithTheReadOnlyHeader_IsForNoOtherClient(string value, string scope)
    {
        var answer = await client.SendAsync(
            "/mcp/documents",
            RpcClient.PerRequest,
            "tools/list",
            null,
            ("X-MCP-Readonly", value)
        );
        Assert.That(answer.Result["cacheScope"]!.ToString(), Is.EqualTo(scope));
    }

    [Test]
    public async Task Call_OfAWriteWithTheReadOnlyHeader_IsRefused()
    {
        var answer = await client.SendAsync(
            "/mcp",
            "2025-11-25",
            "tools/call",
            new() { ["name"] = "createDocuments" },
            ("X-MCP-Readonly", "true")
        );
        Assert.That(answer.ErrorCode, Is.EqualTo(-32602));
        Assert.That(
            (string?)answer.Message!["error"]!["message"],
            Is.EqualTo("The tool 'createDocuments' changes data, and this connection only reads (X-MCP-Readonly).")
        );
    }

    [TestCase(
        "/mcp/core",
        "shipments_list",
        "The tool 'shipments_list' is not among those of this address, whose profile is 'core'."
    )]
    [TestCase("/mcp", "bills_lst", "There is no tool 'bills_lst'. Did you mean 'bills_list'?")]
    public async Task Call_OfAToolThatIsNotHere_IsToldWhy(string path, string name, string expected)
    {
        var answer = await client.SendAsync(path, "2025-11-25", "tools/call", new() { ["name"] = name });
        Assert.That(
            (answer.ErrorCode, (string?)answer.Message!["error"]!["message"]),
            Is.EqualTo(((int?)-32602, expected))
        );
    }

    [TestCase("\"nothing\"")]
    [TestCase("\"\"")]
    [TestCase("5")]
    public async Task List_WithACursorOfOurOwnThatIsNone_IsRefused(string cursor)
    {
        var answer = await client.SendAsync(
            "/mcp",
            "2025-11-25",
            "tools/list",
            new() { ["cursor"] = JsonNode.Parse(cursor) }
        );
        Assert.That(answer.ErrorCode, Is.EqualTo(-32602));
    }

    [Test]
    public void List_WithoutOutputSchemas_LeavesThemOut()
    {
        var list = Write(new ToolLists(Catalog, outputSchemas: false, "{}", Scopes()), "core", null);
        Assert.That(
            list["tools"]!.AsArray(),
            Has.Count.EqualTo(Catalog.OfProfile("core").Count())
                .And.All.Matches<JsonObject>(static tool => tool?.ContainsKey("outputSchema") == false)
        );
    }

    [TestCase(500, new[] { 500 })]
    [TestCase(501, new[] { 500, 1 })]
    [TestCase(1200, new[] { 500, 500, 200 })]
    public void List_OfManyTools_ComesInPages(int count, int[] expected)
    {
        var lists = Lists([.. Enumerable.Range(0, count).Select(number => Tool(number))]);
        var (names, sizes, cursor) = (new List<string>(), new List<int>(), (string?)null);
        do
        {
            var page = Write(lists, "all", cursor);
            sizes.Add(page["tools"]!.AsArray().Count);
            names.AddRange(page["tools"]!.AsArray().Select(tool => (string)tool!["name"]!));
            cursor = (string?)page["nextCursor"];
        } while (cursor is not null);
        Assert.That(sizes, Is.EqualTo(expected));
        Assert.That(names, Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal).And.Unique);
    }

    // A client rejects a result without structured content from a tool with an output schema.
    [Test]
    public void List_ToolThatMayAnswerWithBytes_HasNoOutputSchema()
    {
        var page = Write(Lists([Tool(1), Tool(2, answersBytes: true)]), "all", null);
        Assert.That(
            page["tools"]!.AsArray().Select(tool => tool!["outputSchema"] is not null),
            Is.EqualTo(new[] { true, false })
        );
    }

    private static ToolLists Lists(ToolDescriptor[] tools) =>
        new(
            new(tools)
            {
                SpecificationTitle = "",
                SpecificationVersion = "",
                Hash = "",
                ServerAddress = null,
                Scopes = [],
                Profiles = ["all"],
            },
            true,
            "{}",
            Scopes()
        );

    private static ToolDescriptor Tool(int number, bool answersBytes = false)
    {
        var one = Catalog.Tools[0];
        return new()
        {
            Name = $"tool_{number:d4}",
            Title = one.Title,
            Description = one.Description,
            OperationId = null,
            Method = "GET",
            Path = "/",
            InputSchema = one.InputSchema,
            OutputSchema = one.OutputSchema,
            Hints = one.Hints,
            Profiles = ["all"],
            Scopes = [],
            Meta = one.Meta,
            Tokens = 1,
            Arguments = one.Arguments,
            Call = one.Call,
            AnswersBytes = answersBytes,
        };
    }

    // Of a server whose operator chose no scopes.
    private static AuthOptions Scopes() =>
        new(
            "https://issuer.example",
            "",
            [],
            AudienceValidation.WhenPresent,
            [],
            [],
            [],
            TimeSpan.Zero,
            TimeSpan.Zero,
            AnonymousDiscovery: false
        );

    private static JsonNode Write(ToolLists lists, string profile, string? cursor)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        Assert.That(
            lists.TryWrite(
                buffer,
                new MessageOrigin(null, new McpAddress("/mcp", profile, "POST"), false, "c"),
                cursor,
                isPerRequest: false
            ),
            Is.True
        );
        return JsonNode.Parse(Encoding.UTF8.GetString(buffer.WrittenSpan))!;
    }

    private static List<string> Names(RpcAnswer answer) =>
        [.. answer.Result["tools"]!.AsArray().Select(tool => (string)tool!["name"]!)];
}
