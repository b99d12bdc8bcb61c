namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>How the server gets the credential of a call (<c>Upstream:Credential</c>).</summary>
internal enum CredentialKind
{
    /// <summary>The caller's own token is sent.</summary>
    Forward,

    /// <summary>The values of <c>Upstream:Keys</c> are sent.</summary>
    Static,

    /// <summary>The server requests a token for itself (RFC 6749 §4.4).</summary>
    ClientCredentials,

    /// <summary>The server exchanges the caller's token for another one (RFC 8693).</summary>
    TokenExchange,

    /// <summary>No credential is sent.</summary>
    None,
}
