namespace NeonPanel.Client.Requests;

using System;
using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

/// <summary>Reads bytes from text: base64 (either alphabet, padded or not) or a <c>data:</c> URI (RFC 2397).</summary>
internal static class BinaryText
{
    public const string Expected = "base64 or a data: URI";

    private const string Scheme = "data:";
    private const string Base64Mark = ";base64";

    /// <param name="value">A JSON string.</param>
    /// <param name="content">The bytes, and the media type that a <c>data:</c> URI names.</param>
    public static bool TryRead(JsonElement value, out (BodyPiece Bytes, string? ContentType) content)
    {
        if (AttachedFiles.Find(value) is { } attached)
        {
            content = (attached.Bytes, attached.ContentType);
            return true;
        }

        if (TryReadInPlace(value, out content))
        {
            return true;
        }

        var isRead = TryRead(value.GetString()!, out var read);
        content = (new(read.Bytes), read.ContentType);
        return isRead;
    }

    // Padded base64 of the usual alphabet is read without a copy.
    // Other text returns false; the slow path then reads or rejects it.
    private static bool TryReadInPlace(JsonElement value, out (BodyPiece Bytes, string? ContentType) content)
    {
        content = default;
        var raw = JsonMarshal.GetRawUtf8Value(value);
        var start = 1;
        if (raw[1..].StartsWith("data:"u8))
        {
            var comma = raw.IndexOf((byte)',');
            if (
                comma < 0
                || !TryReadHeader(
                    Encoding.UTF8.GetString(raw[(1 + Scheme.Length)..comma]),
                    out var isBase64,
                    out content.ContentType
                )
                || !isBase64
            )
            {
                return false;
            }

            start = comma + 1;
        }

        content.Bytes = BodyPiece.OfBase64(value, start..^1)!;
        return content.Bytes is not null;
    }

    private static bool TryRead(string text, out (byte[] Bytes, string? ContentType) content)
    {
        content = ([], null);
        if (!text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return TryReadBase64(text, out content.Bytes);
        }

        var comma = text.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0 || !TryReadHeader(text[Scheme.Length..comma], out var isBase64, out content.ContentType))
        {
            return false;
        }

        var data = text[(comma + 1)..];
        if (isBase64)
        {
            return TryReadBase64(Uri.UnescapeDataString(data), out content.Bytes);
        }

        content.Bytes = Unescape(data);
        return true;
    }

    internal static bool TryReadHeader(string header, out bool isBase64, out string? contentType)
    {
        isBase64 = header.EndsWith(Base64Mark, StringComparison.OrdinalIgnoreCase);
        var mediaType = isBase64 ? header[..^Base64Mark.Length] : header;
        // A header with parameters only (";charset=utf-8") has the type text/plain (RFC 2397 §2).
        contentType = mediaType switch
        {
            "" => null,
            [';', ..] => "text/plain" + mediaType,
            _ => mediaType,
        };
        // The type is sent in a header, so it must be valid there.
        return contentType is null
            || (HeaderText.IsWritable(contentType) && MediaTypeHeaderValue.TryParse(contentType, out _));
    }

    private static bool TryReadBase64(string text, out byte[] bytes)
    {
        bytes = [];
        var digits = new char[text.Length + 3];
        var count = 0;
        foreach (var character in text)
        {
            if (!char.IsWhiteSpace(character))
            {
                digits[count++] = character switch
                {
                    '-' => '+',
                    '_' => '/',
                    _ => character,
                };
            }
        }

        count = digits.AsSpan(0, count).TrimEnd('=').Length;
        for (; count % 4 != 0; count++)
        {
            digits[count] = '=';
        }

        var buffer = new byte[count / 4 * 3];
        if (!Convert.TryFromBase64Chars(digits.AsSpan(0, count), buffer, out var written))
        {
            return false;
        }

        bytes = buffer[..written];
        return true;
    }

    // Decodes to bytes, not characters: %FF is a valid byte but not valid UTF-8.
    private static byte[] Unescape(string data)
    {
        var utf8 = Encoding.UTF8.GetBytes(data);
        var count = 0;
        for (var i = 0; i < utf8.Length; i++, count++)
        {
            var isEscape =
                utf8[i] == '%'
                && i + 2 < utf8.Length
                && char.IsAsciiHexDigit((char)utf8[i + 1])
                && char.IsAsciiHexDigit((char)utf8[i + 2]);
            if (isEscape)
            {
                var digits = utf8.AsSpan(i + 1, 2);
                utf8[count] = byte.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                i += 2;
            }
            else
            {
                utf8[count] = utf8[i];
            }
        }

        return utf8[..count];
    }
}
