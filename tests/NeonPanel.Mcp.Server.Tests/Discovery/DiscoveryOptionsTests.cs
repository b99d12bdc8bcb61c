using NeonPanel.Mcp.Tools.Generated;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Discovery;

internal sealed class DiscoveryOptionsTests
{
    /// <summary>The contract's section 5, copied from there.</summary>
    private const string Contract = """
        {"issuer":"https://my.neonpanel.com","authorization_endpoint":"https://my.neonpanel.com/oauth2/authorize","registration_endpoint":"https://my.neonpanel.com/oauth2/register","token_endpoint":"https://my.neonpanel.com/oauth2/token","jwks_uri":"https://my.neonpanel.com/.well-known/jwks.json","scopes_supported":["dcr.create"],"response_types_supported":["code"],"grant_types_supported":["authorization_code","refresh_token","client_credentials"],"token_endpoint_auth_methods_supported":["none","private_key_jwt","client_secret_post","client_secret_basic"],"code_challenge_methods_supported":["S256"]}
        """;

    [Test]
    public void DefaultMetadata_IsThatOfTheContract_ByteForByte() =>
        Assert.That(GeneratedCatalog.Create().AuthorizationServer, Is.EqualTo(Contract));
}
