using System.Diagnostics;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using NeonPanel.Mcp.Sandbox;
using NeonPanel.Mcp.Sandbox.AuthorizationServer;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;
using WireMock.Settings;

namespace NeonPanel.Mcp.Server.Tests.OtherApi;

/// <summary>The same repository builds a server for any API (contract, section 3): here for a public one.</summary>
[Category("Slow"), Category("Process")]
internal sealed class OtherApiTests
{
    [Test]
    public async Task Publish_WithAnotherSpecification_ServesItsToolsAndCallsItsApi()
    {
        var folder = Directory.CreateTempSubdirectory("other-api-").FullName;
        try
        {
            await PublishAsync(folder, "tests/examples/xkcd.json", "tests/examples/xkcd.overlay.json");
            await CallAsync(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task PublishAsync(string folder, string specification, string overlay)
    {
        string[] arguments =
        [
            "publish",
            "src/NeonPanel.Mcp.Server",
            "-p:OpenApiSpec=" + specification,
            "-p:OpenApiOverlay=" + overlay,
            "-o",
            Path.Combine(folder, "out"),
            // What a native build needs besides the SDK is not everywhere, and the compiler must not outlive the test.
            "-p:PublishAot=false",
            "--artifacts-path",
            Path.Combine(folder, "artifacts"),
            "-nodeReuse:false",
            "-p:UseSharedCompilation=false",
            // The analyzers have read these sources when the tests were built; the compiler's own warnings stay errors.
            "-p:RunAnalyzers=false",
            "-p:NuGetAudit=false",
        ];
        using var publish = Process.Start(
            new ProcessStartInfo("dotnet", arguments)
            {
                WorkingDirectory = Repository.Folder,
                RedirectStandardOutput = true,
            }
        )!;
        var output = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        Assert.That(publish.ExitCode, Is.Zero, output);
    }

    private static async Task CallAsync(string folder)
    {
        var port = LoopbackPorts.FreePair();
        var (address, issuerAddress) = ($"http://localhost:{port}", $"http://localhost:{port + 1}");
        using var issuer = new TokenIssuer(issuerAddress, address);
        await using var authorizationServer = SandboxHost.CreateBuilder(port + 1, []).Build();
        authorizationServer.MapAuthorizationServer(issuer);
        await authorizationServer.StartAsync();
        using var upstream = WireMockServer.Start(new WireMockServerSettings { Urls = ["http://127.0.0.1:0"] });
        upstream
            .Given(Request.Create().WithPath("/614/info.0.json").UsingGet())
            .RespondWith(
                Response
                    .Create()
                    .WithHeader("Content-Type", "application/json")
                    .WithBody("""{"num":614,"title":"Woodpecker"}""")
            );
        using var server = await ServerProcess.StartAsync(
            Path.Combine(folder, "out", "NeonPanel.Mcp.Server.dll"),
            new(ServerProcess.Settings(address, issuerAddress, upstream.Url!))
            {
                ["Upstream__Credential"] = "Static",
                ["Upstream__Keys__READERKEY"] = "key-of-the-operator",
            }
        );
        await using var client = await McpClient.CreateAsync(
            new HttpClientTransport(
                new()
                {
                    Endpoint = new(address + "/mcp"),
                    TransportMode = HttpTransportMode.StreamableHttp,
                    AdditionalHeaders = new Dictionary<string, string>
                    {
                        ["Authorization"] = "Bearer " + issuer.Create("user", "test", issuer.Audiences),
                    },
                }
            )
        );
        Assert.That(client.ServerInfo?.Title, Does.Contain("XKCD"));
        Assert.That(
            (await client.ListToolsAsync()).Select(tool => tool.Name),
            Is.EqualTo(new[] { "get_comicId_info_0_json", "get_info_0_json" })
        );
        var result = await client.CallToolAsync(
            "get_comicId_info_0_json",
            new Dictionary<string, object?> { ["comicId"] = 614 }
        );
        Assert.That(result.StructuredContent?.GetProperty("title").GetString(), Is.EqualTo("Woodpecker"));
        await CallByOldNamesAsync(client);
        // The token of the caller opens this server, and would open it to the API as well.
        var headers = upstream.LogEntries.Select(entry => entry.RequestMessage!.Headers!).ToList();
        Assert.That(
            headers.Select(sent => sent["X-Reader-Key"].Single()),
            Is.EqualTo(new[] { "key-of-the-operator", "key-of-the-operator" })
        );
        Assert.That(headers.Select(sent => sent.ContainsKey("Authorization")), Has.None.True);
    }

    // They are not listed, and still answer.
    private static async Task CallByOldNamesAsync(McpClient client)
    {
        var result = await client.CallToolAsync("get_comic", new Dictionary<string, object?> { ["number"] = 614 });
        Assert.That(result.StructuredContent?.GetProperty("title").GetString(), Is.EqualTo("Woodpecker"));
        var both = await client.CallToolAsync(
            "get_comic",
            new Dictionary<string, object?> { ["number"] = 614, ["comicId"] = 615 }
        );
        Assert.That(both.IsError, Is.True, "nobody can tell which of the two is meant");
        var retired = await client.CallToolAsync("latest_comic");
        Assert.That(retired.IsError, Is.True);
        Assert.That(
            ((TextContentBlock)retired.Content[0]).Text,
            Is.EqualTo("The tool 'latest_comic' is gone. Call 'get_info_0_json' instead. It takes no arguments.")
        );
        Assert.That(
            client.ServerInfo?.Version,
            Does.Match(@"^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?\+spec\.1\.0\.0\.catalog\.[0-9a-f]{16}$"),
            "clients take it, and anybody sees which catalogue runs"
        );
    }
}
