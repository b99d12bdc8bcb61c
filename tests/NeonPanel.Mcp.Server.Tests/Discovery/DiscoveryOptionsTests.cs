using System.Text.Json.Nodes;
using NeonPanel.Mcp.Server.Discovery;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Discovery;

internal sealed class DiscoveryOptionsTests
{
    [Test]
    public void DefaultMetadata_NamesNeonPanelsAuthorizationServer()
    {
        var metadata = JsonNode.Parse(DiscoveryOptions.DefaultMetadata)!;
        Assert.Multiple(() =>
        {
            Assert.That(metadata["issuer"]!.ToString(), Is.EqualTo("https://my.neonpanel.com"));
            Assert.That(metadata["code_challenge_methods_supported"]!.ToJsonString(), Is.EqualTo("[\"S256\"]"));
            Assert.That(metadata["registration_endpoint"]!.ToString(), Is.EqualTo("https://my.neonpanel.com/oauth2/register"));
        });
    }
}
