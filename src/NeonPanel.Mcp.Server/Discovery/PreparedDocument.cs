using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace NeonPanel.Mcp.Server.Discovery;

/// <summary>A document that never changes while the server runs: compressed once, and open to pages of any
/// origin.</summary>
internal sealed class PreparedDocument
{
    /// <summary>Below this, compressing saves less than a packet.</summary>
    private const int WorthCompressing = 2048;

    private readonly string contentType;
    private readonly byte[] bytes;
    private readonly EntityTagHeaderValue tag;

    // The same text in another coding has the same tag, but a weak one (RFC 9110 §8.8.1).
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

    /// <param name="withSlash">Answers the route with a slash at its end, where that is another document. Routing does
    /// not tell the two apart.</param>
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
        // Clients in a browser add MCP-Protocol-Version when they look for metadata, and ask first whether they may.
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
        var (request, response) = (context.Request.GetTypedHeaders(), context.Response);
        var chosen = compressed
            .Where(form => Quality(request.AcceptEncoding, form.Coding) > 0)
            .OrderByDescending(form => Quality(request.AcceptEncoding, form.Coding))
            .FirstOrDefault();
        response.Headers.ETag = (chosen.Bytes is null ? tag : weakTag).ToString();
        response.Headers.CacheControl = "public, max-age=3600";
        response.Headers.AccessControlAllowOrigin = "*";
        if (compressed.Length > 0)
        {
            response.Headers.Vary = HeaderNames.AcceptEncoding;
        }

        // RFC 9110 §13.1.2: compared weakly, as one of a list, or as any.
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

    // RFC 9110 §12.5.3: what is not named is what '*' says.
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
