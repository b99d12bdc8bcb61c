namespace NeonPanel.Client.Requests;

using System;
using System.Net;
using System.Net.Http.Headers;

/// <summary>The API's response: status, headers and the decompressed bytes, not parsed.</summary>
/// <param name="StatusCode">The HTTP status.</param>
/// <param name="ContentType">The value of <c>Content-Type</c> in lower case without parameters, or
/// <see langword="null"/> when the header is absent.</param>
/// <param name="Charset">The <c>charset</c> parameter of <c>Content-Type</c>, or <see langword="null"/>.</param>
/// <param name="Body">The body; empty when the response has no body.</param>
/// <param name="RetryAfter">The delay of <c>Retry-After</c>, or <see langword="null"/>.</param>
public sealed record RawResponse(
    HttpStatusCode StatusCode,
    string? ContentType,
    string? Charset,
    ReadOnlyMemory<byte> Body,
    TimeSpan? RetryAfter
)
{
    /// <summary>Gets the value of <c>X-Request-Id</c>, or <see langword="null"/>.</summary>
    public string? RequestId { get; init; }

    /// <summary>Gets the headers of the response, or <see langword="null"/> when they are not available.</summary>
    public HttpResponseHeaders? Headers { get; init; }

    /// <summary>Gets the value of <c>Content-Range</c> (RFC 9110 §14.4), or <see langword="null"/>.</summary>
    public string? ContentRange { get; init; }
}
