namespace NeonPanel.Client.Requests;

using System;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

/// <summary>Sends the raw half of every generated operation.</summary>
public static class RawCall
{
    /// <summary>Request option in which a handler that has read the whole response stores the bytes. This saves a copy;
    /// the content of the response is then empty.</summary>
    public static readonly HttpRequestOptionsKey<ReadOnlyMemory<byte>> Body = new("body");

    /// <summary>Builds the request, sends it once through <paramref name="http"/> and reads the whole
    /// response.</summary>
    /// <param name="http">The client with the base address. Its <see cref="HttpClient.MaxResponseContentBufferSize"/>
    /// limits the decompressed response.</param>
    /// <param name="template">The operation.</param>
    /// <param name="arguments">A JSON object: argument → value.</param>
    /// <param name="configure">Changes the request before it is sent, for credentials and correlation; may be
    /// <see langword="null"/>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="InvalidArgumentsException">The arguments do not fit the operation; no request was
    /// sent.</exception>
    /// <exception cref="HttpRequestException">The API cannot be reached, or its response is too large.</exception>
    public static async Task<RawResponse> SendAsync(
        HttpClient http,
        RequestTemplate template,
        JsonElement arguments,
        Action<HttpRequestMessage>? configure,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(http);
        var address = http.BaseAddress
            ?? throw new InvalidOperationException("The HttpClient has no BaseAddress: set it to the API's address.");
        using var request = RequestBuilder.Build(template, address, arguments);
        configure?.Invoke(request);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken)
            .ConfigureAwait(false);
        if (!request.Options.TryGetValue(Body, out var body))
        {
            // ResponseContentRead has buffered the content, so this call only copies the buffer.
            body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        }

        var contentType = response.Content.Headers.ContentType;
        return new(
            response.StatusCode,
            contentType?.MediaType?.ToLowerInvariant(),
            contentType?.CharSet?.Trim('"'),
            body,
            RetryAfter.Of(response, TimeProvider.System.GetUtcNow())
        )
        {
            RequestId = response.Headers.TryGetValues("X-Request-Id", out var ids) ? ids.First() : null,
            Headers = response.Headers,
            ContentRange = response.Content.Headers.NonValidated.TryGetValues("Content-Range", out var range)
                ? range.ToString()
                : null,
        };
    }
}
