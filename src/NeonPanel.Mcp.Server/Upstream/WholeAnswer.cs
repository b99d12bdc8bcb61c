using System.IO.Compression;
using NeonPanel.Client.Requests;

namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>Innermost handler of a call. It reads the response body to its end, so that deadline, limits, retries and
/// breaker cover the whole call. <see cref="HttpClient"/> would read the body after these handlers, and copy it
/// twice.</summary>
internal sealed class WholeAnswer(UpstreamOptions options, UpstreamPulse pulse) : DelegatingHandler
{
    private const int FirstBytes = 16 * 1024;

    /// <summary>Largest first allocation, in bytes, for a response with a length, because the response may announce
    /// more bytes than it sends.</summary>
    private const int MostAtOnce = 1024 * 1024;

    /// <exception cref="HttpRequestException">The API sent no response, or the response is too large or
    /// broken.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        HttpResponseMessage? response = null;
        if (!request.Headers.NonValidated.Contains("Accept-Encoding"))
        {
            request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, br");
        }

        try
        {
            response = await base.SendAsync(request, cancellationToken);
            using var content = response.Content;
            request.Options.TryGetValue(AnswerArrays.Owner, out var arrays);
            request.Options.Set(RawCall.Body, await ReadAsync(content, arrays, cancellationToken));
            response.Content = new ByteArrayContent([]) { Headers = { ContentType = content.Headers.ContentType } };
            if (content.Headers.NonValidated.TryGetValues("Content-Range", out var range))
            {
                response.Content.Headers.TryAddWithoutValidation("Content-Range", range.ToString());
            }

            pulse.Answered();
            return response;
        }
        catch (Exception exception)
        {
            response?.Dispose();
            throw exception switch
            {
                // The handler reports its ConnectTimeout as a cancellation, although no token was cancelled.
                OperationCanceledException when !cancellationToken.IsCancellationRequested => new HttpRequestException(
                    HttpRequestError.ConnectionError,
                    "No connection was made in time.",
                    exception
                ),
                // A connection that broke, reported as HttpClient reports it.
                IOException => new HttpRequestException(
                    (exception as HttpIOException)?.HttpRequestError ?? HttpRequestError.Unknown,
                    null,
                    exception
                ),
                // A body that cannot be decompressed.
                InvalidDataException or InvalidOperationException => new HttpRequestException(
                    HttpRequestError.InvalidResponse,
                    null,
                    exception
                ),
                _ => exception,
            };
        }
    }

    // Reads into one array if the length is known. Otherwise the array doubles whenever it is full.
    private async Task<ReadOnlyMemory<byte>> ReadAsync(
        HttpContent content,
        AnswerArrays? arrays,
        CancellationToken cancellationToken
    )
    {
        var coding = content.Headers.NonValidated.TryGetValues("Content-Encoding", out var codings)
            ? codings.ToString()
            : "";
        var isGzip =
            coding.Equals("gzip", StringComparison.OrdinalIgnoreCase)
            || coding.Equals("x-gzip", StringComparison.OrdinalIgnoreCase);
        var isBrotli = coding.Equals("br", StringComparison.OrdinalIgnoreCase);
        // The decompressed length differs from Content-Length.
        var length = isGzip || isBrotli ? null : content.Headers.ContentLength;
        var most = options.MaxResponseBytes + (isGzip ? 1 : 0);
        Limit(length ?? 0, most);
        using var packed = await content.ReadAsStreamAsync(cancellationToken);
        using var stream = Unpacked(packed, isGzip, isBrotli);
        var bytes = Take(arrays, Math.Min(length ?? FirstBytes, MostAtOnce));
        for (var count = 0; ; )
        {
            if (count == bytes.Length && count != length)
            {
                var larger = Take(arrays, Math.Min(Math.Min(count * 2L, most + 1), Array.MaxLength));
                bytes.CopyTo(larger, 0);
                arrays?.Keep(bytes);
                bytes = larger;
            }

            var read = await stream.ReadAsync(bytes.AsMemory(count), cancellationToken);
            if (read == 0)
            {
                arrays?.Keep(bytes);
                return isGzip ? Unmarked(bytes.AsMemory(0, count)) : bytes.AsMemory(0, count);
            }

            count += read;
            Limit(count, most);
        }
    }

    private static Stream Unpacked(Stream packed, bool isGzip, bool isBrotli)
    {
        if (isGzip)
        {
            return new GZipStream(new EndMarkedGzip(packed), CompressionMode.Decompress);
        }

        return isBrotli ? new WholeBrotli(packed) : packed;
    }

    private static byte[] Take(AnswerArrays? arrays, long length) =>
        arrays?.Rent((int)length) ?? GC.AllocateUninitializedArray<byte>((int)length);

    // The decompressed data of a complete response ends with the mark.
    private static ReadOnlyMemory<byte> Unmarked(ReadOnlyMemory<byte> bytes) =>
        bytes.Span is [.., EndMarkedGzip.Mark] ? bytes[..^1] : throw new InvalidDataException();

    private static void Limit(long count, long most)
    {
        if (count > most)
        {
            throw new HttpRequestException(HttpRequestError.ConfigurationLimitExceeded);
        }
    }
}
