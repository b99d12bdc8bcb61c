namespace NeonPanel.Mcp.Server.Authentication;

/// <summary>The reason for rejecting a token.</summary>
/// <param name="Code">Metric tag, one of a fixed set.</param>
/// <param name="Sentence">Text for the operator. It names the claim, its value and the setting to check. It never
/// contains the token.</param>
internal sealed record TokenRefusal(string Code, string Sentence);
