namespace NeonPanel.Mcp.Server.Authentication;

/// <summary>How strictly the <c>aud</c> claim of a token is checked (<c>Auth:AudienceValidation</c>).</summary>
internal enum AudienceValidation
{
    /// <summary>A token without <c>aud</c> passes. A token with <c>aud</c> must name one of <c>Auth:Audiences</c>, the
    /// issuer or the API.</summary>
    WhenPresent,

    /// <summary>Every token must name one of <c>Auth:Audiences</c>.</summary>
    Required,

    /// <summary>Any audience passes.</summary>
    IssuerOnly,
}
