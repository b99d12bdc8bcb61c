using ModelContextProtocol.Client;
using NUnit.Framework;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;

namespace NeonPanel.Mcp.Server.Tests.OtherApi;

/// <summary>The packages build servers for two public documents in an empty folder, without this repository.</summary>
[Category("Slow"), Category("Process")]
internal sealed class PackedServerTests
{
    private PackageUser user = null!;

    [OneTimeSetUp]
    public async Task PackAsync() => user = await PackageUser.PackAsync();

    [OneTimeTearDown]
    public void Delete() => user?.Dispose();

    [Test]
    public async Task Template_WithADocument_TestsAndServesIt()
    {
        user.Copy("tests/examples/xkcd.json", "xkcd.json");
        await user.DotnetAsync("new", "install", "NeonPanel.Mcp.Templates@" + user.Version);
        await user.DotnetAsync("new", "openapi-mcp", "-n", "daily-comic", "--spec", "xkcd.json");
        var tested = await user.DotnetAsync("test", "daily-comic/tests");
        Assert.That(tested, Does.Contain("Failed:     0, Passed:     3, Skipped:     1, Total:     4"));

        await using var server = PublishedServer.Of(user.File("daily-comic/server/bin/Debug/net10.0/daily-comic.dll"));
        Answer(server, "/614/info.0.json", """{"num":614,"title":"Woodpecker"}""");
        await server.StartAsync(("Upstream__Credential", "None"), ("ASPNETCORE_ENVIRONMENT", "Production"));
        await using var client = await ConnectAsync(server);
        var result = await client.CallToolAsync(
            "get_comicId_info_0_json",
            new Dictionary<string, object?> { ["comicId"] = 614 }
        );
        Assert.That(result.StructuredContent?.GetProperty("title").GetString(), Is.EqualTo("Woodpecker"));
        var sent = server.Upstream.LogEntries.Single().RequestMessage!;
        Assert.That(sent.Method, Is.EqualTo("GET"));
        Assert.That(sent.Headers!.ContainsKey("Authorization"), Is.False, "the token opens this server, not the API");
    }

    [Test]
    public async Task Project_OfTenLines_ServesAndForwardsTheToken()
    {
        user.Copy("spec/neonpanel.openapi.json", "panel/api.json");
        user.Copy("spec/neonpanel.overlay.json", "panel/overlay.json");
        user.Copy("spec/neonpanel.tools.lock.json", "panel/tools.lock.json");
        user.Copy("spec/neonpanel.answers.json", "panel/api.answers.json");
        WriteProject("panel", """<OpenApiSpec Include="api.json" Overlay="overlay.json" Lock="tools.lock.json" />""");
        var built = await user.DotnetAsync("build", "panel");
        Assert.That(built, Does.Contain("0 Warning(s)"));

        await using var server = PublishedServer.Of(user.File("panel/bin/Debug/net10.0/panel.dll"));
        const string company = "7c1e4b52-93af-4d06-8b1a-5e20c7d94f31";
        Answer(server, $"/api/v1/companies/{company}/inventory-items", """{"data":[{"id":1,"name":"Mug"}]}""");
        await server.StartAsync();
        await using var client = await ConnectAsync(server);
        var result = await client.CallToolAsync(
            "listInventoryItems",
            new Dictionary<string, object?>
            {
                ["companyUuid"] = company,
                ["per_page"] = 20,
                ["search"] = "Mug & cup",
            }
        );
        Assert.That(result.IsError, Is.Not.True, result.StructuredContent?.ToString());
        var sent = server.Upstream.LogEntries.Single().RequestMessage!;
        Assert.That(sent.Headers!["Authorization"].Single(), Is.EqualTo("Bearer " + server.LastToken));
        Assert.That(new Uri(sent.Url).Query, Does.Contain("per_page=20").And.Contain("search=Mug%20%26%20cup"));
    }

    [Test]
    public async Task Build_Again_GeneratesOnlyAfterAChange()
    {
        user.Copy("tests/examples/xkcd.json", "again/api.json");
        user.Copy("tests/examples/xkcd.overlay.json", "again/overlay.json");
        WriteProject("again", """<OpenApiSpec Include="api.json" />""");
        await user.DotnetAsync("build", "again");
        var stamp = user.File("again/obj/Debug/net10.0/mcp/generated.stamp");
        var first = File.GetLastWriteTimeUtc(stamp);
        await user.DotnetAsync("build", "again", "--no-restore");
        Assert.That(File.GetLastWriteTimeUtc(stamp), Is.EqualTo(first));
        WriteProject("again", """<OpenApiSpec Include="api.json" Overlay="overlay.json" />""");
        await user.DotnetAsync("build", "again", "--no-restore");
        Assert.That(File.GetLastWriteTimeUtc(stamp), Is.GreaterThan(first));
        Assert.That(
            File.ReadAllText(user.File("again/obj/Debug/net10.0/mcp/Tools/GeneratedCatalog.g.cs")),
            Does.Contain("latest_comic"),
            "the overlay retires this name"
        );
    }

    [TestCase(
        """<OpenApiSpec Include="nope.json" />""",
        "ROOT/fault/fault.csproj : error NPM003: OpenApiSpec names 'nope.json', but there is no such file in ROOT/fault or in the two folders above it. Correct the path: it is relative to the project's folder.",
        TestName = "Build_WrongPath_IsOneError"
    )]
    [TestCase(
        """<OpenApiSpec Include="api.json" Overlay="nope.json" />""",
        "ROOT/fault/fault.csproj : error NPM004: Overlay of OpenApiSpec names 'nope.json', but there is no file ROOT/fault/nope.json. Correct the path, or remove the attribute: an overlay is optional.",
        TestName = "Build_MissingOverlay_IsOneError"
    )]
    [TestCase(
        """<OpenApiSpec Include="api.json" Lock="nope.json" />""",
        "ROOT/fault/fault.csproj : error NPM005: Lock of OpenApiSpec names 'nope.json', but there is no file ROOT/fault/nope.json. Write it with: dotnet build -t:UpdateToolLock",
        TestName = "Build_MissingLock_IsOneError"
    )]
    [TestCase(
        """<OpenApiSpec Include="api.json;broken.json" />""",
        "ROOT/fault/fault.csproj : error NPM002: The project names 2 OpenAPI documents (api.json, broken.json), but a server is built from one. Keep one OpenApiSpec item, and make another project for each of the others.",
        TestName = "Build_TwoDocuments_IsOneError"
    )]
    [TestCase(
        "",
        "ROOT/fault/fault.csproj : error NPM001: The project names no OpenAPI document. Add <OpenApiSpec Include=\"openapi.json\" /> to an ItemGroup.",
        TestName = "Build_NoDocument_IsOneError"
    )]
    [TestCase(
        """<OpenApiSpec Include="broken.json" />""",
        "ROOT/fault/broken.json(3,3): error NPG001: The file is not valid JSON: '\"' is invalid after a value. Expected either ',', '}', or ']'. (Line 3, column 3.)",
        TestName = "Build_InvalidDocument_IsOneErrorWithItsLine"
    )]
    [TestCase(
        """<OpenApiSpec Include="api.json" Overlay="stray.json" />""",
        "ROOT/fault/stray.json(5,5): error NPG010: The target $.paths['/nope'] matches nothing in ROOT/fault/api.json. Correct the target, or delete the action. [/actions/0]",
        TestName = "Build_OverlayThatMatchesNothing_IsOneErrorWithItsLine"
    )]
    public async Task Build_Fault_IsOneError(string item, string error)
    {
        user.Write("fault/broken.json", "{\n  \"openapi\": \"3.0.0\"\n  \"paths\": {}\n}\n");
        user.Write(
            "fault/stray.json",
            """
            {
              "overlay": "1.0.0",
              "info": { "title": "t", "version": "1" },
              "actions": [
                { "target": "$.paths['/nope']", "update": { "summary": "s" } }
              ]
            }
            """
        );
        user.Copy("tests/examples/xkcd.json", "fault/api.json");
        WriteProject("fault", item);
        Assert.That(await user.ErrorsAsync("fault"), Is.EqualTo(new[] { error }));
    }

    [Test]
    public async Task Tool_Installed_HasItsCommand()
    {
        await user.DotnetAsync(
            "tool",
            "install",
            "NeonPanel.Mcp.Generator",
            "--version",
            user.Version,
            "--tool-path",
            user.File("tools")
        );
        Assert.That(
            Directory.GetFiles(user.File("tools")).Select(Path.GetFileNameWithoutExtension),
            Does.Contain("openapi-mcp")
        );
    }

    private void WriteProject(string name, string item) =>
        user.Write(
            $"{name}/{name}.csproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="NeonPanel.Mcp.Host" Version="{user.Version}" />
                {item}
              </ItemGroup>
            </Project>
            """
        );

    private static void Answer(PublishedServer server, string path, string json) =>
        server
            .Upstream.Given(Request.Create().WithPath(path).UsingGet())
            .RespondWith(Response.Create().WithHeader("Content-Type", "application/json").WithBody(json));

    private static Task<McpClient> ConnectAsync(PublishedServer server) =>
        McpClient.CreateAsync(
            new HttpClientTransport(
                new()
                {
                    Endpoint = new(server.Address + "/mcp"),
                    TransportMode = HttpTransportMode.StreamableHttp,
                    AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = "Bearer " + server.Token },
                }
            )
        );
}
