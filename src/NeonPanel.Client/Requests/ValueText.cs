using System.Text.Json;

namespace NeonPanel.Client.Requests;

/// <summary>JSON values as the texts that go into URLs, headers and forms.</summary>
internal static class ValueText
{
    /// <summary>Returns the text of a scalar: numbers with the digits that were written, null as the empty text; objects
    /// and arrays, where a style has no form for them, as JSON.</summary>
    public static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };

    /// <summary>Percent-encodes everything but the unreserved characters (RFC 3986 §2.3), as UTF-8.</summary>
    public static string Escape(string text, bool allowReserved = false)
    {
        if (!allowReserved)
        {
            return Uri.EscapeDataString(text);
        }

        // RFC 6570 §3.2.3: reserved characters and complete percent-encodings pass; '#' would begin a fragment and
        // '&' another pair, so these two do not.
        var escaped = new System.Text.StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            var isEncoded = character == '%' && index + 2 < text.Length
                && char.IsAsciiHexDigit(text[index + 1]) && char.IsAsciiHexDigit(text[index + 2]);
            if (isEncoded || ":/?[]@!$'()*+,;=".Contains(character, StringComparison.Ordinal))
            {
                escaped.Append(character);
            }
            else if (char.IsHighSurrogate(character) && index + 1 < text.Length)
            {
                escaped.Append(Uri.EscapeDataString(text.AsSpan(index++, 2)));
            }
            else
            {
                escaped.Append(Uri.EscapeDataString(character.ToString()));
            }
        }

        return escaped.ToString();
    }

    /// <summary>Whether the text can be written as UTF-8: it holds no half of a surrogate pair.</summary>
    public static bool IsWellFormed(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]))
            {
                index++;
            }
            else if (char.IsSurrogate(text[index]))
            {
                return false;
            }
        }

        return true;
    }
}
