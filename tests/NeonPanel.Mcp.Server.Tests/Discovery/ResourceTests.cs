using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Discovery;

/// <summary>Each address is a resource with its own challenge and metadata, and all documents name the same scopes
/// (rules B1, B2, B9).</summary>
[Category("Slow")]
internal sealed class ResourceTests
{
    // As a client that compares texts does: the address as it was typed is the resource that the challenge leads to.
    [TestCase("/mcp")]
    [TestCase("/mcp/")]
    [TestCase("/mcp/core")]
    [TestCase("/mcp/core/")]
    [TestCase("")]
    public async Task Challenge_OfEachAddress_LeadsToTheAddressAsItWasTyped(string suffix)
    {
        await using var server = await ProtectedServer.StartAsync();
        using var http = new HttpClient();
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");
        using var challenged = await http.PostAsync(server.Address + suffix, content);
        Assert.That(challenged.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        var metadata = challenged.Headers.WwwAuthenticate.Single().Parameter!.Split('"')[1];
        Assert.That(metadata, Is.EqualTo($"{server.Address}/.well-known/oauth-protected-resource{suffix}"));
        Assert.That((string?)(await DocumentAsync(http, metadata))["resource"], Is.EqualTo(server.Address + suffix));
        Assert.That(
            await server.StatusAsync(server.Issuer.Token(body => body["aud"] = server.Address + suffix)),
            Is.EqualTo(HttpStatusCode.OK)
        );
    }

    // A client that was given the origin with a slash may look for a document with one.
    [TestCase("/sse")]
    [TestCase("/sse/")]
    [TestCase("/")]
    public async Task Metadata_WithAndWithoutASlash_AreTwoDocuments(string suffix)
    {
        await using var server = await ProtectedServer.StartAsync();
        using var http = new HttpClient();
        var document = await DocumentAsync(http, $"{server.Address}/.well-known/oauth-protected-resource{suffix}");
        Assert.That((string?)document["resource"], Is.EqualTo(server.Address + suffix));
    }

    // RFC 9728 §2. 'none' leaves a member out.
    [Test]
    public async Task Metadata_ByDefault_LeadsPeopleToThePagesOfServerAndApi()
    {
        await using var server = await ProtectedServer.StartAsync();
        Assert.That(
            await TextsAsync(server),
            Is.EqualTo(
                new[] { "NeonPanel API", server.Address + "/docs", null, "https://www.neonpanel.com/terms.html" }
            )
        );
        using var http = new HttpClient();
        using var page = await http.GetAsync(server.Address + "/docs");
        Assert.That(page.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Metadata_WithSettings_HasTheirTexts()
    {
        await using var server = await ProtectedServer.StartAsync(
            ("Discovery:ResourceName", "Books of Harbor & Pine"),
            ("Discovery:ResourceDocumentation", "none"),
            ("Discovery:ResourcePolicy", "https://example.com/privacy?lang=en#mcp"),
            ("Discovery:ResourceTerms", "https://example.com/terms")
        );
        Assert.That(
            await TextsAsync(server),
            Is.EqualTo(
                new[]
                {
                    "Books of Harbor & Pine",
                    null,
                    "https://example.com/privacy?lang=en#mcp",
                    "https://example.com/terms",
                }
            )
        );
    }

    private static async Task<string?[]> TextsAsync(ProtectedServer server)
    {
        using var http = new HttpClient();
        var metadata = await DocumentAsync(http, server.Address + "/.well-known/oauth-protected-resource/mcp");
        return
        [
            .. new[] { "resource_name", "resource_documentation", "resource_policy_uri", "resource_tos_uri" }.Select(
                member => (string?)metadata[member]
            ),
        ];
    }

    [TestCase(null, "openid")]
    [TestCase("dcr.create", "dcr.create")]
    [TestCase("openid,offline_access", "openid offline_access")]
    public async Task Scopes_InMetadataChallengesAndToolList_AreTheSame(string? setting, string expected)
    {
        await using var server = await ProtectedServer.StartAsync(("Auth:AdvertisedScopes", setting ?? ""));
        using var http = new HttpClient();
        var metadata = await DocumentAsync(http, server.Address + "/.well-known/oauth-protected-resource/mcp");
        using var absent = await server.ListAsync(null);
        using var bad = await server.ListAsync("bad");
        using var list = await server.ListAsync(server.Issuer.Token());
        var tools = JsonNode.Parse(await list.Content.ReadAsStringAsync())!["result"]!["tools"]!.AsArray();
        var scopes = expected.Split(' ');
        Assert.That(Texts(metadata["scopes_supported"]!), Is.EqualTo(scopes));
        Assert.That(absent.Headers.WwwAuthenticate.Single().Parameter, Does.Contain($"scope=\"{expected}\""));
        Assert.That(bad.Headers.WwwAuthenticate.Single().Parameter, Does.Contain($"scope=\"{expected}\""));
        Assert.That(
            tools.SelectMany(tool => Texts(tool!["securitySchemes"]![0]!["scopes"]!)).Distinct(),
            Is.EquivalentTo(scopes)
        );
        Assert.That(
            tools.SelectMany(tool => Texts(tool!["_meta"]!["securitySchemes"]![0]!["scopes"]!)).Distinct(),
            Is.EquivalentTo(scopes)
        );
    }

    private static IEnumerable<string> Texts(JsonNode list) => list.AsArray().Select(value => (string)value!);

    private static async Task<JsonObject> DocumentAsync(HttpClient http, string address) =>
        JsonNode.Parse(await http.GetStringAsync(address))!.AsObject();
}
