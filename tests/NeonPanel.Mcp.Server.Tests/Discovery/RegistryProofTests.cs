using System.Net;
using Microsoft.Extensions.Configuration;
using NeonPanel.Mcp.Server.Discovery;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Discovery;

/// <summary>The proof of the server's owner for the MCP registry.</summary>
internal sealed class RegistryProofTests
{
    private const string Setting = "Discovery:McpRegistryKey";

    // The public keys of RFC 8032 §7.1, test 1, and of a P-384 point in 49 bytes.
    private const string Ed25519 = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
    private const string P384 = "AqqHyiK+iwU3jrHHHvMgrXRuHTtii6ebmFn3QeCCVCo4VQLyXb9VKWw6VF44cnYKtw==";

    [TestCase(Ed25519, "v=MCPv1; k=ed25519; p=" + Ed25519)]
    [TestCase("v=MCPv1; k=ed25519; p=" + Ed25519, "v=MCPv1; k=ed25519; p=" + Ed25519)]
    [TestCase("v=MCPv1;k=ecdsap384;p=" + P384, "v=MCPv1; k=ecdsap384; p=" + P384)]
    public void Key_Public_BecomesTheRecord(string value, string record)
    {
        var settings = Reader(value);
        Assert.That(RegistryProof.Read(settings), Is.EqualTo(record));
        Assert.That(settings.Faults, Is.Empty);
    }

    [TestCase("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", Description = "a private key in hex")]
    [TestCase(
        "-----BEGIN PRIVATE KEY-----MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g-----END PRIVATE KEY-----"
    )]
    [TestCase("MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g", Description = "the same in DER")]
    [TestCase("v=MCPv1; k=ed25519; p=" + P384)]
    [TestCase("v=MCPv1; k=ecdsap384; p=" + Ed25519)]
    [TestCase("v=MCPv2; k=ed25519; p=" + Ed25519)]
    [TestCase("key.pem")]
    public void Key_OfAnotherForm_IsAFaultThatDoesNotShowIt(string value)
    {
        var settings = Reader(value);
        Assert.That(RegistryProof.Read(settings), Is.Null);
        Assert.That(
            settings.Faults.Single(),
            Does.StartWith(Setting + " must be a public key")
                .And.EndsWith($"but is 'a text of {value.Length} characters'.")
                .And.Not.Contains(value)
        );
    }

    [Test]
    public async Task Proof_WithAKey_IsServedAsText()
    {
        await using var server = await ProtectedServer.StartAsync((Setting, Ed25519));
        using var http = new HttpClient();
        using var response = await http.GetAsync(server.Address + "/.well-known/mcp-registry-auth");
        Assert.That(
            (response.Content.Headers.ContentType?.ToString(), await response.Content.ReadAsStringAsync()),
            Is.EqualTo(("text/plain", $"v=MCPv1; k=ed25519; p={Ed25519}\n"))
        );
    }

    [Test]
    public async Task Proof_WithoutAKey_IsNotFound()
    {
        await using var server = await ProtectedServer.StartAsync();
        using var http = new HttpClient();
        using var response = await http.GetAsync(server.Address + "/.well-known/mcp-registry-auth");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task RegistryName_Set_IsTheNameOfTheCards()
    {
        await using var server = await ProtectedServer.StartAsync(("Discovery:RegistryName", "com.example/orders"));
        using var http = new HttpClient();
        var cards =
            await http.GetStringAsync(server.Address + "/mcp/server-card")
            + await http.GetStringAsync(server.Address + "/mcp/core/server-card");
        Assert.That(
            cards,
            Does.Contain("\"name\":\"com.example/orders\"").And.Contains("\"name\":\"com.example/orders-core\"")
        );
    }

    private static SettingsReader Reader(string value) =>
        new(new ConfigurationBuilder().AddInMemoryCollection([new(Setting, value)]).Build());
}
