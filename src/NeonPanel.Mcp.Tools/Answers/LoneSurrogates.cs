using System.Globalization;

namespace NeonPanel.Mcp.Tools.Answers;

/// <summary>Finds and replaces escapes in JSON text that are half of a surrogate pair (RFC 8259 §8.2). Clients in
/// Python and Rust
/// reject the whole message that holds one. Works on text that is no JSON, too.</summary>
public static class LoneSurrogates
{
    private const int EscapeLength = 6;

    private static ReadOnlySpan<byte> Replacement => "\\ufffd"u8;

    /// <summary>Returns whether the text holds a lone surrogate.</summary>
    public static bool AreIn(ReadOnlySpan<byte> json) => Find(json, 0) >= 0;

    /// <summary>Replaces each lone surrogate by U+FFFD.</summary>
    /// <returns>The text itself where it holds none, else a copy.</returns>
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

    // Works on a whole JSON text as well as on one string: a pair of surrogates never reaches over a quote.
    private static int Find(ReadOnlySpan<byte> json, int at)
    {
        while (json[at..].IndexOf((byte)'\\') is var skipped and >= 0)
        {
            at += skipped;
            var unit = UnitAt(json, at);
            if (unit is null)
            {
                // Another escape: a backslash and a character.
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

    // The UTF-16 code unit of an escape of the form \u12ab (RFC 8259 §7); null for anything else.
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
