using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace NeonPanel.Mcp.Server.Discovery;

/// <summary>A document that never changes while the server runs. The server compresses it once, and scripts of any
/// origin may read it (CORS).</summary>
internal sealed class PreparedDocument
{
    /// <summary>Smallest size, in bytes, of a document worth compressing. Below it, compression saves less than one
    /// packet.</summary>
    private const int WorthCompressing = 2048;

    private readonly string contentType;
    private readonly byte[] bytes;
    private readonly EntityTagHeaderValue tag;

    // The compressed body has the same tag, but as a weak one, because its bytes differ (RFC 9110 §8.8.1).
    private readonly EntityTagHeaderValue weakTag;
    private readonly (string Coding, Lazy<byte[]> Bytes)[] compressed;

    public PreparedDocument(string contentType, byte[] bytes)
    {
        this.contentType = contentType;
        this.bytes = bytes;
        var hash = $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\"";
        tag = new(hash);
        weakTag = new(hash, isWeak: true);
        compressed =
            bytes.Length < WorthCompressing
                ? []
                :
                [
                    ("br", new(() => Compress(target => new BrotliStream(target, CompressionLevel.Optimal)))),
                    ("gzip", new(() => Compress(target => new GZipStream(target, CompressionLevel.Optimal)))),
                ];
    }

    /// <param name="withSlash">Serves the route with a slash at its end, if that is another document. Routing does not
    /// distinguish the two.</param>
    public static void Map(
        IEndpointRouteBuilder endpoints,
        string route,
        PreparedDocument document,
        PreparedDocument? withSlash = null
    )
    {
        endpoints.MapMethods(route, [HttpMethods.Get, HttpMethods.Head], context =>
            (withSlash is not null && context.Request.Path.Value!.EndsWith('/') ? withSlash : document).AnswerAsync(
                context
            )
        );
        // Clients in a browser send MCP-Protocol-Version when they fetch metadata, so the browser sends a preflight
        // request.
        endpoints.MapMethods(route, [HttpMethods.Options], context =>
        {
            var headers = context.Response.Headers;
            headers.AccessControlAllowOrigin = "*";
            headers.AccessControlAllowMethods = "GET, HEAD";
            headers.AccessControlAllowHeaders = "*";
            headers.AccessControlMaxAge = "600";
            headers.Allow = "GET, HEAD, OPTIONS";
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        });
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request.GetTypedHeaders();
        var response = context.Response;
        var chosen = compressed
            .Where(form => Quality(request.AcceptEncoding, form.Coding) > 0)
            .OrderByDescending(form => Quality(request.AcceptEncoding, form.Coding))
            .FirstOrDefault();
        response.Headers.ETag = (chosen.Bytes is null ? tag : weakTag).ToString();
        response.Headers.CacheControl = "public, max-age=3600";
        response.Headers.AccessControlAllowOrigin = "*";
        // Without it, scripts of other origins cannot read the tag to ask again with it.
        response.Headers.AccessControlExposeHeaders = HeaderNames.ETag;
        if (compressed.Length > 0)
        {
            response.Headers.Vary = HeaderNames.AcceptEncoding;
        }

        // RFC 9110 §13.1.2: If-None-Match uses weak comparison; it holds a list of tags or '*'.
        if (
            request.IfNoneMatch.Any(known =>
                known.Equals(EntityTagHeaderValue.Any) || known.Compare(tag, useStrongComparison: false)
            )
        )
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var body = chosen.Bytes?.Value ?? bytes;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        if (chosen.Bytes is not null)
        {
            response.Headers.ContentEncoding = chosen.Coding;
        }

        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    // RFC 9110 §12.5.3: a coding that the header does not name has the weight of '*'.
    private static double Quality(IList<StringWithQualityHeaderValue> accepted, string coding) =>
        (
            accepted.FirstOrDefault(value => value.Value.Equals(coding, StringComparison.OrdinalIgnoreCase))
            ?? accepted.FirstOrDefault(value => value.Value == "*")
        )
            is { } found
            ? found.Quality ?? 1
            : 0;

    private byte[] Compress(Func<Stream, Stream> coding)
    {
        using var target = new MemoryStream();
        using (var stream = coding(target))
        {
            stream.Write(bytes);
        }

        return target.ToArray();
    }
}
