namespace NeonPanel.Client.Requests;

using System;
using System.Net;
using System.Net.Http.Headers;

/// <summary>What the API answered, unread: the bytes as they came, decompressed.</summary>
/// <param name="StatusCode">The HTTP status.</param>
/// <param name="ContentType">The value of <c>Content-Type</c> without parameters, lower case; <see langword="null"/> when
/// there is none.</param>
/// <param name="Charset">The <c>charset</c> parameter of <c>Content-Type</c>, or <see langword="null"/>.</param>
/// <param name="Body">The body; empty when there is none.</param>
/// <param name="RetryAfter">The pause that <c>Retry-After</c> asks for, or <see langword="null"/>.</param>
public sealed record RawResponse(
    HttpStatusCode StatusCode,
    string? ContentType,
    string? Charset,
    ReadOnlyMemory<byte> Body,
    TimeSpan? RetryAfter)
{
    /// <summary>Gets the value of <c>X-Request-Id</c>, or <see langword="null"/>.</summary>
    public string? RequestId { get; init; }

    /// <summary>Gets the headers of the answer, or <see langword="null"/> when none are known.</summary>
    public HttpResponseHeaders? Headers { get; init; }

    /// <summary>Gets the value of <c>Content-Range</c> (RFC 9110 §14.4), or <see langword="null"/>.</summary>
    public string? ContentRange { get; init; }
}
