using System.Text;
using System.Text.Unicode;
using NeonPanel.Client.Requests;

namespace NeonPanel.Mcp.Tools.Answers;

/// <summary>Decodes an answer's bytes with the charset that its <c>Content-Type</c> names. Bytes that cannot be decoded
/// become U+FFFD.</summary>
public static class AnswerCharset
{
    private static readonly DecoderReplacementFallback Unreadable = new("\uFFFD");

    // Names of the Encoding Standard (https://encoding.spec.whatwg.org, §4.2) that .NET does not know. The standard
    // decodes ISO-8859-1 and ASCII as windows-1252, because texts never use the control characters of the first two.
    private static readonly Dictionary<string, string> OtherNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["utf8"] = "utf-8",
        ["iso-8859-1"] = "windows-1252",
        ["latin1"] = "windows-1252",
        ["us-ascii"] = "windows-1252",
        ["ascii"] = "windows-1252",
        ["x-cp1252"] = "windows-1252",
        ["x-cp1251"] = "windows-1251",
        ["x-cp1250"] = "windows-1250",
        ["windows-31j"] = "shift_jis",
        ["cp932"] = "shift_jis",
        ["x-gbk"] = "gbk",
        ["cp936"] = "gbk",
        ["cp949"] = "ks_c_5601-1987",
        ["windows-949"] = "ks_c_5601-1987",
        ["iso8859-15"] = "iso-8859-15",
    };

    /// <summary>Returns the text.</summary>
    /// <param name="isKnown">Whether the charset is known. Without a charset the text is UTF-8.</param>
    public static string Text(RawResponse response, out bool isKnown)
    {
        ArgumentNullException.ThrowIfNull(response);
        var encoding = Find(response.Charset) ?? OfByteOrderMark(response.Body.Span);
        isKnown = encoding is not null || response.Charset is null;
        return (encoding ?? Encoding.UTF8).GetString(response.Body.Span).TrimStart('\uFEFF');
    }

    /// <summary>Returns JSON text as UTF-8 (RFC 8259 §8.1), without a byte order mark. A lone surrogate
    /// remains.</summary>
    /// <param name="isKnown">Whether the charset is known. Without a charset the text is UTF-8.</param>
    public static ReadOnlyMemory<byte> Json(RawResponse response, out bool isKnown)
    {
        ArgumentNullException.ThrowIfNull(response);
        isKnown = true;
        var body = response.Body;
        var encoding = IsUtf8(response.Charset) ? null : Find(response.Charset);
        // JSON is UTF-8, whatever its media type says. A text in a single-byte charset is hardly ever valid UTF-8 by
        // chance; a text in a multi-byte charset may be.
        if (encoding is null or { IsSingleByte: true } && Utf8.IsValid(body.Span))
        {
            return body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;
        }

        return Encoding.UTF8.GetBytes(Text(response, out isKnown));
    }

    /// <summary>Returns JSON text as UTF-8 that every parser accepts: a lone surrogate becomes U+FFFD.</summary>
    public static ReadOnlyMemory<byte> ReadableJson(RawResponse response) =>
        LoneSurrogates.Replace(Json(response, out _));

    private static bool IsUtf8(string? charset) =>
        charset is null || charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    private static Encoding? Find(string? charset)
    {
        if (charset is null)
        {
            return null;
        }

        var name = OtherNames.GetValueOrDefault(charset, charset);
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ReplacementFallback, Unreadable)
                ?? Encoding.GetEncoding(name, EncoderFallback.ReplacementFallback, Unreadable);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null; // An unknown name, or UTF-7, which .NET rejects with NotSupportedException.
        }
    }

    private static UnicodeEncoding? OfByteOrderMark(ReadOnlySpan<byte> body) =>
        body switch
        {
            [0xFF, 0xFE, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: true),
            [0xFE, 0xFF, ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: true),
            _ => null,
        };
}
