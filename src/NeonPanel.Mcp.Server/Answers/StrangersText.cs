using System.Buffers;
using System.Text;
using NeonPanel.Mcp.SafeText;

namespace NeonPanel.Mcp.Server.Answers;

/// <summary>Rewrites the strings of an answer, which third parties wrote in part. Escapes become the characters that
/// they mean, and hidden characters of values become code points. Everything outside strings keeps its bytes, so that
/// no number changes.</summary>
internal static class StrangersText
{
    private const int EscapeLength = 6;

    /// <param name="json">Valid JSON text.</param>
    /// <param name="traits">What the check of the text found.</param>
    /// <param name="hasHidden">Whether hidden characters are shown now.</param>
    /// <returns>The text itself if there is nothing to rewrite, otherwise a copy.</returns>
    public static ReadOnlyMemory<byte> Rewrite(ReadOnlyMemory<byte> json, TextTraits traits, out bool hasHidden)
    {
        hasHidden = false;
        if ((traits & (TextTraits.Escapes | TextTraits.Hidden)) == 0)
        {
            return json;
        }

        if ((traits & TextTraits.Hidden) == 0)
        {
            // A backslash occurs only in strings, and names need no other care than values.
            var copy = new byte[json.Length];
            return copy.AsMemory(0, Unescape(json.Span, copy, keepsHidden: true));
        }

        var output = new ArrayBufferWriter<byte>(json.Length + 64);
        var text = json.Span;
        var scratch = new ArrayBufferWriter<byte>(256);
        var at = 0;
        while (text[at..].IndexOf((byte)'"') is >= 0 and var skipped)
        {
            var start = at + skipped;
            var end = JsonText.EndOfString(text, start);
            output.Write(text[at..(start + 1)]);
            var isName = JsonText.SkipSpace(text, end) is var next && next < text.Length && text[next] == ':';
            var content = text[(start + 1)..(end - 1)];
            if (isName)
            {
                output.Advance(Unescape(content, output.GetSpan(content.Length + 1), keepsHidden: true));
            }
            else
            {
                scratch.ResetWrittenCount();
                scratch.Advance(Unescape(content, scratch.GetSpan(content.Length + 1), keepsHidden: false));
                WriteShown(output, scratch.WrittenSpan, ref hasHidden);
            }

            output.Write("\""u8);
            at = end;
        }

        output.Write(text[at..]);
        return output.WrittenMemory;
    }

    private static void WriteShown(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> written, ref bool hasHidden)
    {
        if (Ascii.IsValid(written) && !written.ContainsAnyInRange((byte)0, (byte)0x1F) && !written.Contains((byte)0x7F))
        {
            output.Write(written);
            return;
        }

        var value = Encoding.UTF8.GetString(written);
        var shown = HiddenText.Of(value);
        if (ReferenceEquals(value, shown))
        {
            output.Write(written);
            return;
        }

        hasHidden = true;
        Encoding.UTF8.GetBytes(shown, output);
    }

    // The text never becomes longer. A hidden character stays escaped, or becomes itself and is shown later.
    private static int Unescape(ReadOnlySpan<byte> text, Span<byte> output, bool keepsHidden)
    {
        var written = 0;
        while (text.IndexOf((byte)'\\') is >= 0 and var skipped)
        {
            text[..skipped].CopyTo(output[written..]);
            written += skipped;
            text = text[skipped..];
            var length = 2;
            if (text[1] == '/')
            {
                output[written++] = (byte)'/';
            }
            else if (text[1] == 'u' && Decode(text, out length) is { } rune && !StaysEscaped(rune, keepsHidden))
            {
                written += rune.EncodeToUtf8(output[written..]);
            }
            else
            {
                text[..length].CopyTo(output[written..]);
                written += length;
            }

            text = text[length..];
        }

        text.CopyTo(output[written..]);
        return written + text.Length;
    }

    // JSON requires an escape of these, or a reader of the name would not see the character.
    private static bool StaysEscaped(Rune rune, bool keepsHidden) =>
        rune.Value is '"' or '\\' or '\t' or '\n' or '\r' || (keepsHidden && HiddenText.MayHide(rune.Value));

    /// <returns>The character of an escape or of two that are a pair; <see langword="null"/> for half of a
    /// pair.</returns>
    private static Rune? Decode(ReadOnlySpan<byte> text, out int length)
    {
        length = EscapeLength;
        var unit = Unit(text);
        if (Rune.TryCreate(unit, out var rune))
        {
            return rune;
        }

        if (
            text.Length >= 2 * EscapeLength
            && text[EscapeLength] == '\\'
            && text[EscapeLength + 1] == 'u'
            && Rune.TryCreate(unit, Unit(text[EscapeLength..]), out rune)
        )
        {
            length = 2 * EscapeLength;
            return rune;
        }

        return null;
    }

    /// <summary>Reads the UTF-16 code unit of an escape of the form <c>\u12ab</c>.</summary>
    public static char Unit(ReadOnlySpan<byte> escape) =>
        (char)((Digit(escape[2]) << 12) | (Digit(escape[3]) << 8) | (Digit(escape[4]) << 4) | Digit(escape[5]));

    private static int Digit(byte hex) => hex <= '9' ? hex - '0' : (hex | 0x20) - 'a' + 10;
}
