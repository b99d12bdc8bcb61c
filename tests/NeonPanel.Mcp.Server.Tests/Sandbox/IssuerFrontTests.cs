using System.Net;
using System.Net.Http.Json;
using NeonPanel.Mcp.Sandbox;
using NeonPanel.Mcp.Sandbox.AuthorizationServer;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Sandbox;

/// <summary>A server with default settings in front of each issuer: the token of a signed-in person calls a tool, as
/// far as the API accepts it.</summary>
internal sealed class IssuerFrontTests
{
    [TestCase("default", HttpStatusCode.OK)]
    [TestCase("live-2025", HttpStatusCode.OK)]
    [TestCase("strict", HttpStatusCode.OK)]
    [TestCase("redirect-list", HttpStatusCode.OK)]
    [TestCase("short-tokens", HttpStatusCode.OK)]
    [TestCase("api-rejects", HttpStatusCode.Unauthorized)]
    [TestCase("api-rejects-all", HttpStatusCode.Unauthorized)]
    public async Task CallTool_WithATokenOfTheIssuer_IsAnsweredAsTheApiSays(string issuer, HttpStatusCode expected)
    {
        await using var sandbox = await SandboxHost.StartAsync(LoopbackPorts.FreePair(), IssuerBehavior.Find(issuer));
        using var user = new SandboxBrowser(sandbox);
        var (_, tokens) = await user.SignInAsync(new Uri(sandbox.Address, "/mcp").AbsoluteUri);
        using var http = new HttpClient { BaseAddress = sandbox.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = JsonContent.Create(
                new
                {
                    jsonrpc = "2.0",
                    id = 1,
                    method = "tools/call",
                    @params = new { name = "listCompanies", arguments = new { } },
                }
            ),
            Headers = { Authorization = new("Bearer", tokens["access_token"]!.ToString()) },
        };
        using var response = await http.SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(expected));
        if (expected == HttpStatusCode.OK)
        {
            Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("Nordlicht"));
        }
        else
        {
            Assert.That(response.Headers.WwwAuthenticate.ToString(), Does.Contain("error=\"invalid_token\""));
        }
    }
}
