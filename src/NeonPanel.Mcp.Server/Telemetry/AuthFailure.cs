namespace NeonPanel.Mcp.Server.Telemetry;

/// <summary>The reasons for rejecting a request because of its token, as metrics and logs count them.</summary>
internal enum AuthFailure
{
    /// <summary>The request has no token.</summary>
    NoToken,

    /// <summary>The request does not have exactly one header with a bearer token.</summary>
    Header,

    /// <summary>The token is not a signed JWT.</summary>
    NoJwt,

    /// <summary>The algorithm of the signature is not allowed.</summary>
    Algorithm,

    /// <summary>The token is not an access token.</summary>
    Type,

    /// <summary>The token has a critical extension that this server does not know.</summary>
    CriticalExtension,

    /// <summary>The issuer does not have the key that the token names.</summary>
    UnknownKey,

    /// <summary>The token is of another issuer.</summary>
    Issuer,

    /// <summary>The token is for another audience.</summary>
    Audience,

    /// <summary>The token has expired or is not valid yet.</summary>
    Expired,

    /// <summary>The signature does not fit.</summary>
    Signature,

    /// <summary>The token names no user.</summary>
    NoSubject,

    /// <summary>The token lacks a scope.</summary>
    InsufficientScope,

    /// <summary>The server does not have the issuer's keys.</summary>
    KeysUnavailable,

    /// <summary>The API rejected the token.</summary>
    Upstream,
}
