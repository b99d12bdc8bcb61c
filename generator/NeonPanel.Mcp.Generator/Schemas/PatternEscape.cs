using System.Globalization;
using System.Text.RegularExpressions;

namespace NeonPanel.Mcp.Generator.Schemas;

/// <summary>An escape of one character or one character class.</summary>
/// <param name="Length">Its length in the pattern, without the backslash.</param>
/// <param name="Written">The escape in the form that the <c>u</c> flag of ECMA 262 accepts.</param>
/// <param name="CodePoint">The character, or -1 for a character class.</param>
internal readonly partial record struct PatternEscape(int Length, string Written, int CodePoint)
{
    private const string Syntax = @"^$\.*+?()[]{}|/";

    /// <summary>Reads the escape whose letter is at a position.</summary>
    /// <returns><see langword="null"/> if the flag accepts no form of the escape.</returns>
    public static PatternEscape? Read(string pattern, int at, bool isInClass)
    {
        var letter = pattern[at];
        if (KnownEscape().Match(pattern, at) is { Success: true } known)
        {
            return letter is 'p' or 'P' && !Property().IsMatch(known.Groups["property"].Value)
                ? null
                : new(known.Length, "\\" + known.Value, CodePointOf(known));
        }

        if (char.IsAsciiLetterOrDigit(letter) && !(isInClass && letter == 'b'))
        {
            return null; // An escape of another dialect.
        }

        var isEscaped =
            letter == 'b' || Syntax.Contains(letter, StringComparison.Ordinal) || (isInClass && letter == '-');
        return new(1, (isEscaped ? "\\" : "") + letter, letter == 'b' ? '\b' : letter);
    }

    private static int CodePointOf(Match escape)
    {
        if (escape.Groups["hex"] is { Success: true } hex)
        {
            return int.Parse(hex.Value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        }

        return escape.Value[0] switch
        {
            't' => '\t',
            'n' => '\n',
            'v' => '\v',
            'f' => '\f',
            'r' => '\r',
            '0' => 0,
            'c' => escape.Value[1] % 32,
            _ => -1,
        };
    }

    [GeneratedRegex(
        @"\G(?:[dDsSwWtnvfr]|0(?![0-9])|c[A-Za-z]|x(?<hex>[0-9A-Fa-f]{2})|u(?<hex>[0-9A-Fa-f]{4})|u\{(?<hex>0*(?:10)?[0-9A-Fa-f]{1,4}|0*[1-9A-Fa-f][0-9A-Fa-f]{4})\}|[pP]\{(?<property>[A-Za-z0-9_=]+)\})"
    )]
    private static partial Regex KnownEscape();

    // ECMA 262 §22.2.1: general categories, scripts, and the properties that patterns of APIs use.
    [GeneratedRegex(
        "^(?:(?:gc=|General_Category=)?(?:L[ultmoC]?|M[nce]?|N[dlo]?|P[cdseifo]?|S[mcko]?|Z[slp]?|C[cfson]?|Letter|Uppercase_Letter|Lowercase_Letter|Titlecase_Letter|Modifier_Letter|Other_Letter|Mark|Number|Decimal_Number|Punctuation|Symbol|Separator|Space_Separator|Other|Control)"
            + "|(?:sc|scx|Script|Script_Extensions)=(?:Latin|Latn|Greek|Grek|Cyrillic|Cyrl|Han|Hani|Hiragana|Hira|Katakana|Kana|Hangul|Hang|Arabic|Arab|Hebrew|Hebr|Thai|Devanagari|Deva|Common|Zyyy)"
            + "|ASCII|Any|Assigned|Alphabetic|Alpha|Uppercase|Upper|Lowercase|Lower|White_Space|space|ASCII_Hex_Digit|AHex|Hex_Digit|Hex|Emoji|ID_Start|ID_Continue)$"
    )]
    private static partial Regex Property();
}
