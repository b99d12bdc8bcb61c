using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Transport.Skills;

/// <summary>Skills by SEP-2640 (extension <c>io.modelcontextprotocol/skills</c>), and the same texts as
/// prompts.</summary>
internal sealed class SkillTests
{
    private const string Extension = "io.modelcontextprotocol/skills";
    private const string Owed = "skill://list-what-we-owe/SKILL.md";

    private static readonly string[] All =
    [
        "close-a-month",
        "enter-bill-from-pdf",
        "explain-landed-cost",
        "find-what-runs-out",
        "list-what-we-owe",
    ];

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

    [TestCase(HttpTransportMode.StreamableHttp, "2025-11-25")]
    [TestCase(HttpTransportMode.StreamableHttp, RpcClient.PerRequest)]
    [TestCase(HttpTransportMode.Sse, "2024-11-05")]
    public async Task Read_ByARealClient_GivesTheBytesOfTheManifest(HttpTransportMode mode, string revision)
    {
        await using var real = await McpClient.CreateAsync(
            new HttpClientTransport(
                new()
                {
                    Endpoint = new(server.Address + (mode == HttpTransportMode.Sse ? "/sse" : "/mcp")),
                    TransportMode = mode,
                    AdditionalHeaders = new Dictionary<string, string>
                    {
                        ["Authorization"] = "Bearer " + server.Issuer.Token(),
                    },
                }
            ),
            new() { ProtocolVersion = revision }
        );
        Assert.That(real.ServerCapabilities.Resources, Is.Not.Null);
        Assert.That(real.ServerCapabilities.Extensions, Contains.Key(Extension));
        var answer = await real.SendRequestAsync(
            new JsonRpcRequest { Method = "skills/list", Params = new JsonObject() }
        );
        var skills = answer.Result!["skills"]!.AsArray();
        Assert.That(skills.Select(skill => (string)skill!["frontmatter"]!["name"]!), Is.EqualTo(All));
        var listed = (await real.ListResourcesAsync()).ToDictionary(resource => resource.Uri);
        foreach (var skill in skills)
        {
            var uri = (string)skill!["uri"]!;
            var file = skill["resources"]!.AsArray().Single()!;
            var contents = (TextResourceContents)(await real.ReadResourceAsync(new Uri(uri))).Contents.Single();
            var bytes = Encoding.UTF8.GetBytes(contents.Text);
            Assert.That(
                ((string?)file["uri"], (string?)file["digest"], (int?)file["size"]),
                Is.EqualTo((uri, "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length))
            );
            Assert.That(contents.Text, Is.EqualTo(await File.ReadAllTextAsync(FileOf(uri))));
            Assert.That((contents.Uri, contents.MimeType), Is.EqualTo((uri, "text/markdown")));
            var frontmatter = skill["frontmatter"]!;
            Assert.That(
                (listed[uri].Name, listed[uri].Description, listed[uri].MimeType),
                Is.EqualTo(((string?)frontmatter["name"], (string?)frontmatter["description"], "text/markdown"))
            );
        }
    }

    [Test]
    public async Task Get_OfASkill_IsItsEntryOfTheList(
        [ValueSource(typeof(RpcClient), nameof(RpcClient.Revisions))] string revision
    )
    {
        var list = (await client.SendAsync("/mcp", revision, "skills/list")).Result;
        var one = (await client.SendAsync("/mcp", revision, "skills/get", new() { ["uri"] = Owed })).Result;
        var entry = list["skills"]!.AsArray().Single(skill => (string?)skill!["uri"] == Owed);
        Assert.That(JsonNode.DeepEquals(one["skill"], entry), Is.True);
        var isPerRequest = revision == RpcClient.PerRequest;
        foreach (var result in new[] { list, one })
        {
            Assert.That(
                ((long?)result["ttlMs"], (string?)result["cacheScope"], (string?)result["resultType"]),
                Is.EqualTo(isPerRequest ? (3_600_000L, "public", "complete") : default((long?, string?, string?)))
            );
        }
    }

    [Test]
    public async Task Request_ForNoSkill_IsRefusedWithTheNextStep(
        [ValueSource(typeof(RpcClient), nameof(RpcClient.Revisions))] string revision
    )
    {
        const string None = "skill://none/SKILL.md";
        foreach (
            var (method, parameters, expected) in new (string, JsonObject, string)[]
            {
                (
                    "skills/get",
                    new() { ["uri"] = None },
                    $"No skill is served at '{None}' here; skills/list names the available ones."
                ),
                ("skills/get", [], "skills/get needs the address of a SKILL.md in 'params.uri'."),
                ("skills/get", new() { ["uri"] = 5 }, "'params.uri' must be a string."),
                (
                    "skills/list",
                    new() { ["cursor"] = "x" },
                    "The list of skills has one page; ask for it without a cursor."
                ),
                (
                    "prompts/get",
                    new() { ["name"] = "none" },
                    "There is no prompt 'none' here; prompts/list names the available ones."
                ),
            }
        )
        {
            var answer = await client.SendAsync("/mcp", revision, method, parameters);
            Assert.That(
                (answer.ErrorCode, (string?)answer.Message!["error"]!["message"]),
                Is.EqualTo(((int?)-32602, expected)),
                method
            );
        }

        var read = await client.SendAsync(
            "/mcp",
            revision,
            "resources/read",
            new() { ["uri"] = None },
            revision == RpcClient.PerRequest ? [("Mcp-Name", None)] : []
        );
        Assert.That(read.ErrorCode, Is.EqualTo(revision == RpcClient.PerRequest ? -32602 : -32002));
    }

    [TestCase(
        "/mcp/core",
        "",
        "close-a-month enter-bill-from-pdf explain-landed-cost find-what-runs-out list-what-we-owe"
    )]
    [TestCase("/mcp", "X-MCP-Readonly: true", "close-a-month explain-landed-cost find-what-runs-out list-what-we-owe")]
    [TestCase("/mcp/read", "", "close-a-month explain-landed-cost find-what-runs-out list-what-we-owe")]
    [TestCase("/mcp/purchasing", "", "list-what-we-owe")]
    [TestCase("/mcp", "X-MCP-Tools: getStock,inventoryOrders_list", "find-what-runs-out")]
    [TestCase("/mcp", "X-MCP-Exclude-Tools: getStock", "enter-bill-from-pdf list-what-we-owe")]
    public async Task List_OfAnAddress_HasTheSkillsWhoseToolsItHas(string path, string header, string expected)
    {
        (string, string)[] headers = header.Split(": ") is [var name, var value] ? [(name, value)] : [];
        foreach (var revision in new[] { "2025-11-25", RpcClient.PerRequest })
        {
            var skills = (await client.SendAsync(path, revision, "skills/list", null, headers)).Result;
            Assert.That(
                string.Join(' ', skills["skills"]!.AsArray().Select(skill => skill!["frontmatter"]!["name"])),
                Is.EqualTo(expected)
            );
            var prompts = (await client.SendAsync(path, revision, "prompts/list", null, headers)).Result;
            Assert.That(
                string.Join(' ', prompts["prompts"]!.AsArray().Select(prompt => prompt!["name"])),
                Is.EqualTo(expected)
            );
            if (revision == RpcClient.PerRequest)
            {
                Assert.That((string?)skills["cacheScope"], Is.EqualTo(header == "" ? "public" : "private"));
            }
        }
    }

    [Test]
    public async Task Prompt_OfASkill_IsItsTextWithoutTheHead(
        [ValueSource(typeof(RpcClient), nameof(RpcClient.Revisions))] string revision
    )
    {
        var result = (
            await client.SendAsync("/mcp", revision, "prompts/get", new() { ["name"] = "list-what-we-owe" })
        ).Result;
        var message = result["messages"]!.AsArray().Single()!;
        var file = await File.ReadAllTextAsync(FileOf(Owed));
        Assert.That((string?)message["role"], Is.EqualTo("user"));
        Assert.That(
            (string?)message["content"]!["text"],
            Does.StartWith("# List what we owe").And.EqualTo(file[file.IndexOf("# List", StringComparison.Ordinal)..])
        );
    }

    [Test]
    public async Task Address_WithoutSkills_AnnouncesAndAnswersNothing(
        [ValueSource(typeof(RpcClient), nameof(RpcClient.Revisions))] string revision
    )
    {
        const string Path = "/mcp/account";
        var greeting =
            revision == RpcClient.PerRequest
                ? await client.SendAsync(Path, revision, "server/discover")
                : await client.PostAsync(Path, SseStream.Initialize);
        Assert.That(
            greeting.Result["capabilities"]!.AsObject().Select(pair => pair.Key),
            Has.None.EqualTo("prompts").And.None.EqualTo("resources").And.None.EqualTo("extensions")
        );
        foreach (var method in new[] { "skills/list", "skills/get", "prompts/list", "prompts/get" })
        {
            var answer = await client.SendAsync(Path, revision, method, new() { ["uri"] = Owed, ["name"] = "x" });
            Assert.That(answer.ErrorCode, Is.EqualTo(-32601), method);
        }
    }

    private static string FileOf(string uri) =>
        Path.Combine(Repository.Folder, "spec", "skills", uri["skill://".Length..]);
}
