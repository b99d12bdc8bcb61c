using NeonPanel.Mcp.Server.Telemetry;

namespace NeonPanel.Mcp.Server.Authentication;

/// <summary>The reason for rejecting a token.</summary>
/// <param name="Reason">The reason for metrics and logs.</param>
/// <param name="Sentence">Text for the operator. It names the claim, its value and the setting to check. It never
/// contains the token.</param>
internal sealed record TokenRefusal(AuthFailure Reason, string Sentence)
{
    /// <summary>Text for a client whose token lacks a scope.</summary>
    public const string LacksScope = "The token lacks a scope that this call needs.";

    /// <summary>Creates the refusal of a token that lacks a scope.</summary>
    public static TokenRefusal OfScope(IEnumerable<string> needed) =>
        new(
            AuthFailure.InsufficientScope,
            $"scope lacks one of {string.Join(' ', needed)} (Auth:RequiredScopes, Auth:EnforceToolScopes)"
        );
}
