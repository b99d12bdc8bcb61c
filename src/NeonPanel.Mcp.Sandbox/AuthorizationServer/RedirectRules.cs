namespace NeonPanel.Mcp.Sandbox.AuthorizationServer;

/// <summary>Rules for the redirect addresses of a client.</summary>
internal static class RedirectRules
{
    /// <summary>The list of the issuer <c>redirect-list</c>: addresses that makers publish. Loopback addresses match
    /// with any port.</summary>
    public static IReadOnlyList<string> Listed { get; } =
    [
        "https://chatgpt.com/connector_platform_oauth_redirect",
        "https://claude.ai/api/mcp/auth_callback",
        "https://claude.com/api/mcp/auth_callback",
        "https://vscode.dev/redirect",
        "https://insiders.vscode.dev/redirect",
        "http://127.0.0.1/",
        "http://localhost/",
        "http://localhost/callback",
        "cursor://anysphere.cursor-mcp/oauth/callback",
    ];

    /// <summary>Names what is wrong with a redirect address of a client, or returns <see langword="null"/>.</summary>
    /// <param name="listed">The only accepted addresses, or <see langword="null"/>.</param>
    public static string? Fault(string uri, IReadOnlyList<string>? listed)
    {
        // RFC 6749 §3.1.2: absolute, and without a fragment.
        if (!Uri.TryCreate(uri, UriKind.Absolute, out var address) || uri.Contains('#', StringComparison.Ordinal))
        {
            return $"The redirect address '{uri}' must be an absolute URI without a fragment.";
        }

        // A browser would run the first three; the code would leave this machine unencrypted with the last.
        if (
            address.Scheme is "javascript" or "data" or "file"
            || (address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback)
        )
        {
            return $"The redirect address '{uri}' must begin with https, with http on loopback, or with a scheme of the client's own.";
        }

        return listed is null || listed.Any(known => IsSame(known, uri))
            ? null
            : $"The redirect address '{uri}' is not on the list of this issuer. The list has: {string.Join(", ", listed)}.";
    }

    /// <summary>Whether a requested redirect address is the registered one. The port of a loopback address may differ,
    /// because the client chooses it at run time (RFC 8252 §7.3).</summary>
    public static bool IsSame(string registered, string requested)
    {
        if (registered == requested)
        {
            return true;
        }

        return Loopback(registered) is { } one
            && Loopback(requested) is { } other
            && one.Host == other.Host
            && one.PathAndQuery == other.PathAndQuery;
    }

    /// <summary>Returns the address if it is <c>http</c> on loopback.</summary>
    public static Uri? Loopback(string uri) =>
        Uri.TryCreate(uri, UriKind.Absolute, out var address)
        && address.IsLoopback
        && address.Scheme == Uri.UriSchemeHttp
            ? address
            : null;
}
