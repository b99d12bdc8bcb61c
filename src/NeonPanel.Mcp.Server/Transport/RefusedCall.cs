namespace NeonPanel.Mcp.Server.Transport;

/// <summary>A call whose token passed this server's validation, but was rejected by the API.</summary>
/// <param name="Challenge">The <c>WWW-Authenticate</c> value.</param>
/// <param name="Sentence">The text of the tool result.</param>
internal sealed record RefusedCall(string Challenge, string Sentence);
