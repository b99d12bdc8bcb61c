namespace NeonPanel.Client.Requests;

using System;
using System.Text;

/// <summary>Percent-encodes text as UTF-8 (RFC 3986 §2).</summary>
internal static class PercentEncoding
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string Unreserved = Alphanumeric + "-._~";

    // The characters of RFC 3986 §3.3 and §3.4. Neither section allows '#', '[' and ']'.
    private const string PathCharacters = Unreserved + "!$&'()*+,;=:@/";
    private const string QueryCharacters = PathCharacters + "?";

    // '&' would start another parameter and servers read '+' as a space, so these two are escaped as well.
    private static readonly string ReservedCharacters = QueryCharacters
        .Replace("&", null, StringComparison.Ordinal)
        .Replace("+", null, StringComparison.Ordinal);

    /// <summary>Escapes all characters except unreserved characters.</summary>
    public static string Escape(string text) => Encode(text, Unreserved, keepTriplets: false);

    /// <summary>Applies reserved expansion (RFC 6570 §3.2.3): reserved characters and percent-encoded triplets are
    /// kept, except characters that a query cannot contain.</summary>
    public static string EscapeAllowingReserved(string text) => Encode(text, ReservedCharacters, keepTriplets: true);

    /// <summary>Escapes as <c>application/x-www-form-urlencoded</c>: a space becomes a plus.</summary>
    public static string EscapeForm(string text) => Escape(text).Replace("%20", "+", StringComparison.Ordinal);

    /// <summary>Escapes literal text of a path template.</summary>
    public static string EscapePathLiteral(string text) => Encode(text, PathCharacters, keepTriplets: true);

    /// <summary>Escapes literal query text of a path template.</summary>
    public static string EscapeQueryLiteral(string text) => Encode(text, QueryCharacters, keepTriplets: true);

    private static string Encode(string text, string kept, bool keepTriplets)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var result = new StringBuilder(bytes.Length);
        for (var i = 0; i < bytes.Length; i++)
        {
            var character = (char)bytes[i];
            var isTriplet =
                keepTriplets
                && character == '%'
                && i + 2 < bytes.Length
                && char.IsAsciiHexDigit((char)bytes[i + 1])
                && char.IsAsciiHexDigit((char)bytes[i + 2]);
            if (isTriplet || kept.Contains(character, StringComparison.Ordinal))
            {
                result.Append(character);
            }
            else
            {
                result.Append('%').Append(Convert.ToHexString(bytes, i, 1));
            }
        }

        return result.ToString();
    }
}
