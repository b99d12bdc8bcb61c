namespace NeonPanel.Mcp.Sandbox.AuthorizationServer;

/// <summary>The clients of an issuer without registration. A person types their ids into a client.</summary>
internal static class PreparedClients
{
    public const string PublicId = "sandbox-client";
    public const string SecretId = "sandbox-secret-client";

    /// <summary>The secret is public, because it protects made-up data on loopback only.</summary>
    public const string Secret = "sandbox-secret";

    public static IReadOnlyList<OAuthClient> All { get; } =
    [
        new(PublicId, "A prepared client", RedirectRules.Listed, "none") { AcceptsAnyLoopback = true },
        new(SecretId, "A prepared client with a secret", RedirectRules.Listed, "client_secret_post")
        {
            AcceptsAnyLoopback = true,
            Secret = Secret,
        },
    ];
}
