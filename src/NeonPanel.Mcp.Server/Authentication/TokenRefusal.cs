using NeonPanel.Mcp.Server.Telemetry;

namespace NeonPanel.Mcp.Server.Authentication;

/// <summary>The reason for rejecting a token.</summary>
/// <param name="Reason">The reason for metrics and logs.</param>
/// <param name="Sentence">Text for the operator. It names the claim, its value and the setting to check. It never
/// contains the token.</param>
internal sealed record TokenRefusal(AuthFailure Reason, string Sentence);
