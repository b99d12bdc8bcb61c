using System.Net;
using System.Xml.Linq;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Transport;

/// <summary>Icons of tools (MCP 2025-11-25, Tools, Data Types), for hosts that show them.</summary>
internal sealed class ToolIconTests
{
    [Test]
    public async Task Icons_OfEachDomain_AreDrawingsThatHostsGetWithoutAToken()
    {
        await using var server = await ProtectedServer.StartAsync();
        using var client = new RpcClient(new(server.Address), server.Issuer.Token());
        var plain = await client.SendAsync("/mcp", "2025-11-25", "tools/list");
        Assert.That(plain.Body, Does.Not.Contain("\"icons\""));
        var shown = await client.SendAsync(
            "/mcp",
            "2025-11-25",
            "tools/list",
            null,
            ("User-Agent", "openai-mcp/1.0.0")
        );
        var tools = shown.Result["tools"]!.AsArray().Where(tool => (string?)tool!["name"] != "get_profile").ToList();
        Assert.That(tools.Select(tool => tool!["icons"]!.AsArray().Count), Is.All.EqualTo(1));
        var icons = tools.Select(tool => tool!["icons"]![0]!).DistinctBy(icon => (string?)icon["src"]).ToList();
        Assert.That(
            icons.Select(icon => (string?)icon["src"]).Order(StringComparer.Ordinal),
            Is.EqualTo(
                new[] { "account", "analytics", "documents", "import", "inventory", "purchasing", "sales" }
                    .Intersect(icons.Select(icon => Path.GetFileNameWithoutExtension((string)icon["src"]!)))
                    .Select(domain => $"{server.Address}/icons/{domain}.svg")
            )
        );
        Assert.That(icons, Has.Count.GreaterThan(4));
        using var http = new HttpClient();
        foreach (var icon in icons)
        {
            Assert.That(
                ((string?)icon["mimeType"], (string?)icon["sizes"]![0]),
                Is.EqualTo(((string?)"image/svg+xml", (string?)"any"))
            );
            using var answer = await http.GetAsync((string)icon["src"]!);
            Assert.That(
                (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType),
                Is.EqualTo((HttpStatusCode.OK, "image/svg+xml"))
            );
            var drawing = XDocument.Parse(await answer.Content.ReadAsStringAsync());
            Assert.That(drawing.Root!.Name.LocalName, Is.EqualTo("svg"));
        }

        using var other = await http.GetAsync(server.Address + "/icons/none.svg");
        Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }
}
