namespace NeonPanel.Mcp.Server.Transport;

/// <summary>A call whose token the API did not accept, although this server did.</summary>
/// <param name="Challenge">The <c>WWW-Authenticate</c> value.</param>
/// <param name="Sentence">What the result says of it.</param>
internal sealed record RefusedCall(string Challenge, string Sentence);
