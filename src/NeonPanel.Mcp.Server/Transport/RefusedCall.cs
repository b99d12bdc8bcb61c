namespace NeonPanel.Mcp.Server.Transport;

/// <summary>A call whose token passed this server's validation, but was rejected by the API, or lacks a scope that only
/// the call itself shows.</summary>
/// <param name="Challenge">The <c>WWW-Authenticate</c> value.</param>
/// <param name="Sentence">The text of the tool result.</param>
internal sealed record RefusedCall(string Challenge, string Sentence)
{
    /// <summary>Gets the HTTP status: 401, or 403 if the token lacks a scope (RFC 6750 §3.1).</summary>
    public int Status { get; init; } = StatusCodes.Status401Unauthorized;
}
