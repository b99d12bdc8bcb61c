namespace NeonPanel.Mcp.Sandbox.AuthorizationServer;

/// <summary>A client of the sandbox's authorization server.</summary>
/// <param name="Name">Name that the client gave itself. It may say anything.</param>
/// <param name="Redirects">Its redirect addresses.</param>
/// <param name="Authentication">Its <c>token_endpoint_auth_method</c>.</param>
internal sealed record OAuthClient(string Id, string Name, IReadOnlyList<string> Redirects, string Authentication)
{
    /// <summary>Gets the secret of a client that authenticates with one.</summary>
    public string? Secret { get; init; }

    /// <summary>Gets the client's public keys as a JWK set, for <c>private_key_jwt</c>.</summary>
    public string? Jwks { get; init; }

    /// <summary>Gets the address of the client's public keys, for <c>private_key_jwt</c>.</summary>
    public string? JwksUri { get; init; }

    /// <summary>Gets whether every loopback address is accepted as a redirect.</summary>
    public bool AcceptsAnyLoopback { get; init; }

    public bool IsRedirect(string uri) =>
        (AcceptsAnyLoopback && RedirectRules.Loopback(uri) is not null)
        || Redirects.Any(known => RedirectRules.IsSame(known, uri));
}
