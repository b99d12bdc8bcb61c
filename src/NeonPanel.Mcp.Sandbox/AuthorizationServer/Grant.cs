namespace NeonPanel.Mcp.Sandbox.AuthorizationServer;

/// <summary>The grant behind a code or a refresh token.</summary>
/// <param name="Challenge">The PKCE challenge of a code; <see langword="null"/> for a refresh token.</param>
/// <param name="Audiences">The audiences of its access tokens.</param>
/// <param name="Expires">When a code expires.</param>
internal sealed record Grant(
    string ClientId,
    string RedirectUri,
    string? Challenge,
    IReadOnlyList<string> Audiences,
    IReadOnlyList<string> Scopes,
    DateTimeOffset Expires
);
