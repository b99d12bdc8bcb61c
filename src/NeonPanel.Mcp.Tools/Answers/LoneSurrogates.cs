using System.Globalization;

namespace NeonPanel.Mcp.Tools.Answers;

/// <summary>Finds and replaces escapes of lone surrogates in JSON text (RFC 8259 §8.2). Clients in Python and Rust
/// reject a whole message that contains one. It also works on text that is not JSON.</summary>
public static class LoneSurrogates
{
    private const int EscapeLength = 6;

    private static ReadOnlySpan<byte> Replacement => "\\ufffd"u8;

    /// <summary>Returns whether the text contains a lone surrogate.</summary>
    public static bool AreIn(ReadOnlySpan<byte> json) => Find(json, 0) >= 0;

    /// <summary>Replaces each lone surrogate by U+FFFD.</summary>
    /// <returns>The text itself if it contains none, otherwise a copy.</returns>
    public static ReadOnlyMemory<byte> Replace(ReadOnlyMemory<byte> json)
    {
        var at = Find(json.Span, 0);
        if (at < 0)
        {
            return json;
        }

        var copy = json.ToArray();
        for (; at >= 0; at = Find(copy, at + EscapeLength))
        {
            Replacement.CopyTo(copy.AsSpan(at));
        }

        return copy;
    }

    // Works on a whole JSON text as well as on one string, because a surrogate pair never spans a quotation mark.
    private static int Find(ReadOnlySpan<byte> json, int at)
    {
        while (json[at..].IndexOf((byte)'\\') is var skipped and >= 0)
        {
            at += skipped;
            var unit = UnitAt(json, at);
            if (unit is null)
            {
                // Skips any other escape: a backslash and a character.
                at = Math.Min(at + 2, json.Length);
            }
            else if (!char.IsSurrogate(unit.Value))
            {
                at += EscapeLength;
            }
            else if (
                char.IsHighSurrogate(unit.Value)
                && UnitAt(json, at + EscapeLength) is { } second
                && char.IsLowSurrogate(second)
            )
            {
                at += 2 * EscapeLength;
            }
            else
            {
                return at;
            }
        }

        return -1;
    }

    // Returns the UTF-16 code unit of an escape of the form \u12ab (RFC 8259 §7); null for other text.
    private static char? UnitAt(ReadOnlySpan<byte> json, int at)
    {
        if (at + EscapeLength > json.Length || json[at] != '\\' || json[at + 1] != 'u')
        {
            return null;
        }

        return ushort.TryParse(
            json.Slice(at + 2, 4),
            NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture,
            out var unit
        )
            ? (char)unit
            : null;
    }
}
