using System.Globalization;
using System.Text;

namespace NeonPanel.Mcp.SafeText;

/// <summary>Makes every character of a text visible.</summary>
public static class VisibleText
{
    /// <summary>Replaces characters that are invisible, change the direction of text or control a terminal by their
    /// code point, such as <c>[U+202E]</c>. Line ends and tabs stay.</summary>
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
            // Fillers and variation selectors. Their categories are letter and mark, but they show nothing.
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
