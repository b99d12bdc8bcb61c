using System.Globalization;
using System.Text;

namespace NeonPanel.Mcp.SafeText;

/// <summary>Text of which every character can be seen.</summary>
public static class VisibleText
{
    /// <summary>Writes what could not be seen, or would turn the direction of what follows or command a terminal, as
    /// its code point: <c>[U+202E]</c>. Line ends and tabs stay.</summary>
    public static string Of(string value)
    {
        if (!value.EnumerateRunes().Any(IsUnseen))
        {
            return value;
        }

        var text = new StringBuilder(value.Length + 16);
        foreach (var rune in value.EnumerateRunes())
        {
            text.Append(IsUnseen(rune) ? $"[U+{rune.Value:X4}]" : rune.ToString());
        }

        return text.ToString();
    }

    private static bool IsUnseen(Rune rune) =>
        rune.Value is not ('\n' or '\t' or '\r')
        && (
            Rune.GetUnicodeCategory(rune)
                is UnicodeCategory.Control
                    or UnicodeCategory.Format
                    or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator
                    or UnicodeCategory.PrivateUse
                    or UnicodeCategory.OtherNotAssigned
            // Fillers and selectors, which are letters and marks by category and show nothing.
            || rune.Value
                is 0x034F
                    or 0x115F
                    or 0x1160
                    or 0x2800
                    or 0x3164
                    or 0xFFA0
                    or (>= 0xFE00 and <= 0xFE0F)
                    or (>= 0xE0100 and <= 0xE01EF)
        );
}
