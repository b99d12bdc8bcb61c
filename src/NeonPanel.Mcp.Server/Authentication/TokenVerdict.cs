using System.Diagnostics.CodeAnalysis;

namespace NeonPanel.Mcp.Server.Authentication;

/// <summary>The outcome of validating a token: the token, or the reason for rejecting it.</summary>
internal readonly record struct TokenVerdict
{
    private TokenVerdict(AccessToken? token, TokenRefusal? refusal)
    {
        Token = token;
        Refusal = refusal;
    }

    /// <summary>Gets whether the token is valid.</summary>
    [MemberNotNullWhen(true, nameof(Token))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsAccepted => Token is not null;

    /// <summary>Gets the token, or <see langword="null"/> if it is rejected.</summary>
    public AccessToken? Token { get; }

    /// <summary>Gets the reason for rejecting the token, or <see langword="null"/>.</summary>
    public TokenRefusal? Refusal { get; }

    public static TokenVerdict Accept(AccessToken token) => new(token, null);

    public static TokenVerdict Refuse(TokenRefusal refusal) => new(null, refusal);
}
