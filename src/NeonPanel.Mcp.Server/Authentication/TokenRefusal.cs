namespace NeonPanel.Mcp.Server.Authentication;

/// <summary>Why a token is rejected.</summary>
/// <param name="Code">Metric tag, one of a fixed set.</param>
/// <param name="Sentence">For the operator: names the claim, its value and the setting to look at. It never holds the
/// token.</param>
internal sealed record TokenRefusal(string Code, string Sentence);
