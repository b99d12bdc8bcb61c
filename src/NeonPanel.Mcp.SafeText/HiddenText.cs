using System.Globalization;
using System.Text;

namespace NeonPanel.Mcp.SafeText;

/// <summary>Shows characters of strangers' text that a reader does not see but a model reads: invisible characters,
/// characters that change the direction of text, and tag characters. They become their code point, such as
/// <c>[U+202E]</c>. Characters that a script or an emoji needs stay where it needs them: joiners between Persian or
/// Indic letters, marks in Hebrew and Arabic text, the parts of flags and families. All other characters
/// stay.</summary>
public static class HiddenText
{
    private const int ZeroWidthSpace = 0x200B;
    private const int NonJoiner = 0x200C;
    private const int Joiner = 0x200D;
    private const int BlackFlag = 0x1F3F4;
    private const int EndOfTag = 0xE007F;

    // England, Scotland and Wales: the only flags of tags that fonts have.
    private static readonly string[] TagFlags = ["gbeng", "gbsct", "gbwls"];

    /// <summary>Returns the text itself if it hides nothing.</summary>
    public static string Of(string value)
    {
        StringBuilder? shown = null;
        bool? hasRightToLeft = null;
        var before = 0;
        var copied = 0;
        for (var at = 0; at < value.Length; )
        {
            var rune = RuneAt(value, at, out var length);
            if (MayHide(rune) && IsHidden(value, at, before, hasRightToLeft ??= HasRightToLeft(value)))
            {
                (shown ??= new(value.Length + 16))
                    .Append(value, copied, at - copied)
                    .Append(CultureInfo.InvariantCulture, $"[U+{rune:X4}]");
                copied = at + length;
            }

            before = rune;
            at += length;
        }

        return shown?.Append(value, copied, value.Length - copied).ToString() ?? value;
    }

    // Returns 0 behind the end.
    private static int RuneAt(string value, int at, out int length)
    {
        length = 1;
        if ((uint)at >= (uint)value.Length)
        {
            return 0;
        }

        if (char.IsHighSurrogate(value[at]) && at + 1 < value.Length && char.IsLowSurrogate(value[at + 1]))
        {
            length = 2;
            return char.ConvertToUtf32(value[at], value[at + 1]);
        }

        return value[at];
    }

    private static bool HasRightToLeft(string value)
    {
        for (var at = 0; at < value.Length; )
        {
            if (IsRightToLeft(RuneAt(value, at, out var length)))
            {
                return true;
            }

            at += length;
        }

        return false;
    }

    /// <summary>Returns whether a character is one of those that this class shows, in some place.</summary>
    public static bool MayHide(int rune) =>
        rune
            is < 0x20
                and not ('\t' or '\n' or '\r')
                or (>= 0x7F and <= 0x9F)
                or 0xAD
                or 0x034F
                or 0x061C
                or 0x115F
                or 0x1160
                or (>= 0x180B and <= 0x180F)
                or (>= 0x200B and <= 0x200F)
                or (>= 0x202A and <= 0x202E)
                or (>= 0x2060 and <= 0x206F)
                or 0x2800
                or 0x3164
                or (>= 0xFE00 and <= 0xFE0F)
                or 0xFEFF
                or 0xFFA0
                or (>= 0xFFF0 and <= 0xFFFB)
                or (>= 0xE0000 and <= 0xE0FFF);

    private static bool IsHidden(string value, int at, int before, bool hasRightToLeft)
    {
        var rune = RuneAt(value, at, out var length);
        var after = RuneAt(value, at + length, out _);
        return rune switch
        {
            ZeroWidthSpace => !(IsSouthEastAsian(before) && IsSouthEastAsian(after)),
            NonJoiner => !(IsJoined(before) && IsJoined(after)),
            Joiner => !((IsJoined(before) && IsJoined(after)) || (EndsEmoji(before) && IsEmoji(after))),
            // Marks of direction have no effect on letters of their own direction. Several in a row could be a code.
            0x200E or 0x200F or 0x061C => !hasRightToLeft || MayHide(before) || MayHide(after),
            0x034F => !IsMark(before),
            0x2800 => before is not (> 0x2800 and <= 0x28FF) && after is not (> 0x2800 and <= 0x28FF),
            >= 0x180B and <= 0x180F => before is not (>= 0x1820 and <= 0x18AA),
            0xFE0E or 0xFE0F => !IsEmoji(before) && !IsKeycap(before, after),
            >= 0xFE00 and <= 0xFE0D => !(IsIdeograph(before) || IsSymbol(before) || before is >= 0x1000 and <= 0x109F),
            >= 0xE0100 and <= 0xE01EF => !IsIdeograph(before),
            >= 0xE0000 and <= 0xE007F => !IsTagFlag(value, at),
            _ => true,
        };
    }

    private static bool IsKeycap(int before, int after) =>
        before is (>= '0' and <= '9') or '#' or '*' && after == 0x20E3;

    // Symbols, and emoji that this version of .NET does not know yet.
    private static bool IsEmoji(int rune) => rune is >= 0x1F000 and <= 0x1FAFF || (rune > 0x7F && IsSymbol(rune));

    private static bool EndsEmoji(int rune) => IsEmoji(rune) || rune == 0xFE0F;

    private static bool IsSymbol(int rune) =>
        rune is 0x203C or 0x2049 or 0x3030 or 0x303D
        || Category(rune)
            is UnicodeCategory.OtherSymbol
                or UnicodeCategory.MathSymbol
                or UnicodeCategory.ModifierSymbol;

    private static bool IsIdeograph(int rune) =>
        rune is (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);

    private static bool IsMark(int rune) => Category(rune) is UnicodeCategory.NonSpacingMark;

    // Letters and marks of the scripts that join: Arabic, Syriac, N'Ko, Mandaic, Indic scripts, Khmer, Mongolian.
    private static bool IsJoined(int rune) =>
        rune
            is (>= 0x0620 and <= 0x08FF)
                or (>= 0x0900 and <= 0x0DFF)
                or (>= 0x0F00 and <= 0x109F)
                or (>= 0x1780 and <= 0x18AF)
                or (>= 0x1900 and <= 0x1CFF)
                or (>= 0xA800 and <= 0xABFF)
                or (>= 0xFB50 and <= 0xFDFF)
                or (>= 0xFE70 and <= 0xFEFC)
                or (>= 0x11000 and <= 0x11FFF);

    private static bool IsSouthEastAsian(int rune) =>
        rune is (>= 0x0E00 and <= 0x0FFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF);

    private static bool IsRightToLeft(int rune) =>
        rune
            is (>= 0x0590 and <= 0x08FF and not 0x061C)
                or (>= 0xFB1D and <= 0xFDFF)
                or (>= 0xFE70 and <= 0xFEFC)
                or (>= 0x10800 and <= 0x10FFF)
                or (>= 0x1E800 and <= 0x1EFFF);

    // A tag is visible only in a flag: the black flag, five tags, and the end.
    private static bool IsTagFlag(string value, int at)
    {
        // Each of these characters takes two places.
        var start = at;
        while (start >= 2 && at - start <= 10 && RuneAt(value, start - 2, out _) is >= 0xE0020 and < EndOfTag)
        {
            start -= 2;
        }

        if (start < 2 || at > start + 10 || RuneAt(value, start - 2, out _) != BlackFlag)
        {
            return false;
        }

        Span<char> name = stackalloc char[5];
        for (var index = 0; index < name.Length; index++)
        {
            name[index] = (char)(RuneAt(value, start + (2 * index), out _) & 0x7F);
        }

        return RuneAt(value, start + 10, out _) == EndOfTag && TagFlags.Contains(new string(name));
    }

    private static UnicodeCategory Category(int rune) =>
        Rune.IsValid(rune) ? Rune.GetUnicodeCategory(new Rune(rune)) : UnicodeCategory.OtherNotAssigned;
}
