using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using NeonPanel.Mcp.Server.Startup;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests;

/// <summary>One version, wherever it is told.</summary>
internal sealed class VersionTests
{
    [Test]
    public async Task Version_InHealthServerInfoAndUserAgent_IsTheAssemblys()
    {
        var version = typeof(ServerBuilder)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0];
        // Set by the build: 1.0.0 is what an assembly gets that no tag was looked for.
        Assert.That(version, Is.Not.EqualTo("1.0.0"));

        await using var server = await ProtectedServer.StartAsync([], issuer =>
            [("Upstream:BaseAddress", issuer + "/api")]
        );
        string? userAgent = null;
        server.Issuer.Api = context =>
        {
            userAgent = context.Request.Headers.UserAgent;
            return context.Response.WriteAsync("{}");
        };
        using var http = new HttpClient();
        var health = JsonNode.Parse(await http.GetStringAsync(server.Address + "/healthz"))!;
        using var initialize = await server.ListAsync(
            server.Issuer.Token(),
            """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"} } }"""
        );
        using var call = await server.ListAsync(
            server.Issuer.Token(),
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"listCompanies"} }"""
        );
        var info = JsonNode.Parse(await initialize.Content.ReadAsStringAsync())!["result"]!["serverInfo"]!;
        Assert.That(
            ((string?)health["version"], ((string?)info["version"])!.Split('+')[0], userAgent),
            Is.EqualTo((version, version, "NeonPanel.Mcp/" + version))
        );
    }
}
