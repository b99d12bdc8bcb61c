namespace NeonPanel.Client.Requests;

using System;
using System.Linq;

/// <summary>Escapes a value in the path of a request. The value is percent-encoded inside its segment (RFC 6570
/// §3.2.2), so <c>/</c>, <c>#</c> and <c>%</c> reach the API unchanged. Values that could still leave the segment are
/// rejected.</summary>
public static class PathSegment
{
    // The limit for repeated decoding. Ordinary text stops changing after fewer rounds.
    private const int MaxDecodings = 8;

    /// <summary>The requirement for a value, as the end of a sentence "must be …".</summary>
    internal const string Expected =
        "text that is not empty, has no part '.' or '..' between slashes "
        + "(percent-encoded or before a ';' neither), "
        + "and holds no backslash and no control character";

    /// <summary>Escapes a value, or rejects a value that could change the path.</summary>
    /// <param name="value">The value as text.</param>
    /// <param name="parameter">The name of the method's parameter.</param>
    /// <exception cref="ArgumentException">The value is not <see cref="FaultOf">acceptable</see>.</exception>
    public static string Escape(string value, string parameter) =>
        FaultOf(value) is { } fault
            ? throw new ArgumentException($"A value of the path must be {Expected}, but {fault}.", parameter)
            : PercentEncoding.Escape(value);

    /// <summary>Returns the reason why a value cannot be part of a path, as the end of a sentence "…, but …", or
    /// <see langword="null"/>.</summary>
    /// <remarks>Some servers and proxies decode a path too often (RFC 3986 §2.4), cut a segment at <c>;</c> (RFC 3986
    /// §3.3) or read a backslash as a slash. They then remove dot segments (§5.2.4).</remarks>
    public static string? FaultOf(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Length == 0)
        {
            return "is empty or has an empty part";
        }

        var text = value;
        for (var round = 0; round < MaxDecodings; round++)
        {
            if (FaultOfText(text) is { } fault)
            {
                return round == 0 ? fault : fault + " once it is decoded";
            }

            var decoded = Decode(text);
            if (decoded == text)
            {
                return null;
            }

            text = decoded;
        }

        return "is percent-encoded too many times";
    }

    /// <summary>Returns whether a path has a dot segment.</summary>
    internal static bool HasDotSegment(string path) =>
        path.Split('/', '\\').Any(part => part.Split(';')[0].Trim() is "." or "..");

    /// <summary>Decodes a text as a lenient server does, including overlong UTF-8. RFC 3629 §3 forbids overlong UTF-8:
    /// no character starts with C0 or C1.</summary>
    internal static string Decode(string text)
    {
        const int length = 6; // %C0%AE
        for (
            var at = text.IndexOf("%c", StringComparison.OrdinalIgnoreCase);
            at >= 0 && at + length <= text.Length;
            at = text.IndexOf("%c", at + 1, StringComparison.OrdinalIgnoreCase)
        )
        {
            if (
                text[at + 2] is '0' or '1'
                && text[at + 3] == '%'
                && char.IsAsciiHexDigit(text[at + 4])
                && char.IsAsciiHexDigit(text[at + 5])
                && Convert.ToInt32(text.Substring(at + 4, 2), 16) is var last and >= 0x80 and <= 0xBF
            )
            {
                var character = (char)(((text[at + 2] - '0') << 6) | (last & 0x3F));
                text = string.Concat(text.AsSpan(0, at), character.ToString(), text.AsSpan(at + length));
            }
        }

        return Uri.UnescapeDataString(text);
    }

    private static string? FaultOfText(string text)
    {
        if (HasDotSegment(text))
        {
            return "is or holds a dot segment";
        }

        if (text.Any(char.IsControl))
        {
            return "holds a control character";
        }

        if (text.Contains('\\'))
        {
            return "holds a backslash";
        }

        return text.All(character => character == '/') ? "holds nothing but slashes" : null;
    }
}
