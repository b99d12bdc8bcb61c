using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using NUnit.Framework;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;

namespace NeonPanel.Mcp.Server.Tests.OtherApi;

/// <summary>The same repository builds a server for any API (contract, section 3): here for a public one.</summary>
[Category("Slow"), Category("Process")]
internal sealed class OtherApiTests
{
    [Test]
    public async Task Publish_WithAnotherSpecification_ServesItsToolsAndCallsItsApi()
    {
        await using var server = await PublishedServer.PublishAsync(
            "tests/examples/xkcd.json",
            "tests/examples/xkcd.overlay.json"
        );
        var upstream = server.Upstream;
        upstream
            .Given(Request.Create().WithPath("/614/info.0.json").UsingGet())
            .RespondWith(
                Response
                    .Create()
                    .WithHeader("Content-Type", "application/json")
                    .WithBody("""{"num":614,"title":"Woodpecker"}""")
            );
        await server.StartAsync(
            ("Upstream__Credential", "Static"),
            ("Upstream__Keys__READERKEY", "key-of-the-operator")
        );
        await using var client = await McpClient.CreateAsync(
            new HttpClientTransport(
                new()
                {
                    Endpoint = new(server.Address + "/mcp"),
                    TransportMode = HttpTransportMode.StreamableHttp,
                    AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = "Bearer " + server.Token },
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
