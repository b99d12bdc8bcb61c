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
    /// <summary>Where a handler that reads answers to their end leaves the bytes, so that they are not copied once more. The content of
    /// its response is empty then.</summary>
    public static readonly HttpRequestOptionsKey<ReadOnlyMemory<byte>> Body = new("body");

    /// <summary>Builds the request, sends it once through <paramref name="http"/> and reads the answer whole.</summary>
    /// <param name="http">Has the base address; its <see cref="HttpClient.MaxResponseContentBufferSize"/> bounds the
    /// decompressed answer.</param>
    /// <param name="template">The operation.</param>
    /// <param name="arguments">A JSON object: argument → value.</param>
    /// <param name="configure">Runs on the request before it is sent, for credentials and correlation; may be
    /// <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="InvalidArgumentsException">The arguments do not fit; nothing was sent.</exception>
    /// <exception cref="HttpRequestException">The API could not be reached, or its answer is too large.</exception>
    public static async Task<RawResponse> SendAsync(
        HttpClient http,
        RequestTemplate template,
        JsonElement arguments,
        Action<HttpRequestMessage>? configure,
        CancellationToken cancellationToken)
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
            // Buffered by ResponseContentRead, so this only copies what is there.
            body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        }

        var contentType = response.Content.Headers.ContentType;
        return new(
            response.StatusCode,
            contentType?.MediaType?.ToLowerInvariant(),
            contentType?.CharSet?.Trim('"'),
            body,
            RetryAfter.Of(response, TimeProvider.System.GetUtcNow()))
        {
            RequestId = response.Headers.TryGetValues("X-Request-Id", out var ids) ? ids.First() : null,
            Headers = response.Headers,
            ContentRange = response.Content.Headers.NonValidated.TryGetValues("Content-Range", out var range) ? range.ToString() : null,
        };
    }
}
