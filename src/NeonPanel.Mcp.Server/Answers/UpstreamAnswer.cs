using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Server.ToolResults;

namespace NeonPanel.Mcp.Server.Answers;

/// <summary>The outcome of one request to the API.</summary>
/// <param name="Response">The response, or <see langword="null"/> if none arrived.</param>
/// <param name="Accept">The media types that the request accepted.</param>
/// <param name="Failure">The result for the caller, unless the status is 2xx or 304 (not modified).</param>
internal sealed record UpstreamAnswer(RawResponse? Response, string Accept, ToolResult? Failure)
{
    /// <summary>Gets the operation that was called, or <see langword="null"/> if several operations were.</summary>
    public RequestTemplate? Template { get; init; }

    /// <summary>Gets the address of the request without credentials, or <see langword="null"/> if several requests were
    /// sent.</summary>
    public Uri? Address { get; init; }

    /// <summary>Gets whether the request asked for a part of the record (<c>Range</c>, RFC 9110 §14.2).</summary>
    public bool IsPartAsked { get; init; }

    /// <summary>Gets the status, or 0 without a response.</summary>
    public int Status => (int?)Response?.StatusCode ?? 0;
}
