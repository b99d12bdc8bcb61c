using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace NeonPanel.Mcp.Server.Http;

/// <summary>The content codings that a client accepts (RFC 9110 §12.5.3).</summary>
internal static class AcceptEncoding
{
    public const string Gzip = "gzip";

    /// <summary>Returns whether a client accepts gzip. A client must name gzip or <c>*</c>; otherwise it gets an
    /// uncompressed body.</summary>
    public static bool TakesGzip(StringValues header)
    {
        if (header.Count == 0)
        {
            return false;
        }

        // Fast path for the usual values, without parsing a list.
        if (
            header
            is [
                "gzip, deflate, br"
                or "gzip, deflate, br, zstd"
                or "gzip, deflate"
                or "gzip"
                or "br, gzip, deflate"
                or "gzip, br",
            ]
        )
        {
            return true;
        }

        return StringWithQualityHeaderValue.TryParseList(header, out var codings)
            && (Find(codings, Gzip) ?? Find(codings, "*")) is { } found
            && found.Quality is null or > 0;
    }

    private static StringWithQualityHeaderValue? Find(IList<StringWithQualityHeaderValue> codings, string name) =>
        codings.FirstOrDefault(coding => coding.Value.Equals(name, StringComparison.OrdinalIgnoreCase));
}
