using System.Net.Http.Headers;
using System.Text;

namespace NeonPanel.Client.Requests;

/// <summary>Reads bytes from text: base64 (either alphabet, padded or not) or a <c>data:</c> URI (RFC 2397).</summary>
internal static class BinaryText
{
    public const string Expected = "base64 or a data: URI";

    /// <param name="text">The text.</param>
    /// <param name="content">The bytes, and the media type that a <c>data:</c> URI names.</param>
    public static bool TryRead(string text, out (byte[] Bytes, string? ContentType) content)
    {
        content = ([], null);
        if (!text.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            return TryReadBase64(text, out content.Bytes);
        }

        var comma = text.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0)
        {
            return false;
        }

        var header = text["data:".Length..comma];
        var data = text[(comma + 1)..];
        var isBase64 = header.EndsWith(";base64", StringComparison.OrdinalIgnoreCase);
        var mediaType = isBase64 ? header[..^";base64".Length] : header;
        if (mediaType.Length > 0)
        {
            // The type ends up in a header; a parameter alone (";charset=utf-8") stands for text/plain.
            mediaType = mediaType.StartsWith(';') ? "text/plain" + mediaType : mediaType;
            if (!HeaderText.IsWritable(mediaType) || !MediaTypeHeaderValue.TryParse(mediaType, out _))
            {
                return false;
            }

            content.ContentType = mediaType;
        }

        var unescaped = Uri.UnescapeDataString(data);
        if (isBase64)
        {
            return TryReadBase64(unescaped, out content.Bytes);
        }

        content.Bytes = Unescape(data);
        return true;
    }

    private static bool TryReadBase64(string text, out byte[] bytes)
    {
        bytes = [];
        var digits = string.Concat(text.Where(c => !char.IsWhiteSpace(c))).Replace('-', '+').Replace('_', '/').TrimEnd('=');
        var padded = digits.PadRight((digits.Length + 3) / 4 * 4, '=');
        var buffer = new byte[padded.Length / 4 * 3];
        if (!Convert.TryFromBase64String(padded, buffer, out var written))
        {
            return false;
        }

        bytes = buffer[..written];
        return true;
    }

    // Bytes, not characters: %FF is a byte although it is no UTF-8.
    private static byte[] Unescape(string data)
    {
        var utf8 = Encoding.UTF8.GetBytes(data);
        var bytes = new List<byte>(utf8.Length);
        for (var i = 0; i < utf8.Length; i++)
        {
            if (utf8[i] == '%' && i + 2 < utf8.Length
                && char.IsAsciiHexDigit((char)utf8[i + 1]) && char.IsAsciiHexDigit((char)utf8[i + 2]))
            {
                bytes.Add(Convert.FromHexString(Encoding.ASCII.GetString(utf8, i + 1, 2))[0]);
                i += 2;
            }
            else
            {
                bytes.Add(utf8[i]);
            }
        }

        return [.. bytes];
    }
}
