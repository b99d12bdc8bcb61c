using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace NeonPanel.Mcp.Generator.Emission;

/// <summary>Translates patterns of JSON Schema, which are ECMA 262 with Unicode (JSON Schema 2020-12, 6.4), into .NET's
/// syntax. Both are similar, but <c>$</c>, <c>.</c>, <c>\d</c>, <c>\w</c>, <c>\s</c> and <c>[</c> inside brackets have
/// different meanings. A pattern without a certain translation is not checked by the server; the API then
/// decides.</summary>
internal sealed partial class EcmaPattern
{
    private const int MaxLength = 2000;

    /// <summary>Most repetitions, where nested ones are multiplied. Each repetition is a state of the automaton that
    /// runs in linear time.</summary>
    private const long MaxRepetitions = 10_000;

    // Matched texts never contain a lone surrogate.
    private const string Pair = @"[\uD800-\uDBFF][\uDC00-\uDFFF]";
    private const string Surrogates = @"\uD800-\uDFFF";
    private const string LineEnds = @"\n\r\u2028\u2029";

    // ECMA 262 §22.2.2.9, CharacterClassEscape :: s.
    private const string Space = @"\t\n\v\f\r \u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF";
    private const string NoSpace =
        @"\0-\x08\x0E-\x1F!-\u009F\u00A1-\u167F\u1681-\u1FFF\u200B-\u2027\u202A-\u202E\u2030-\u205E\u2060-\u2FFF\u3001-\uD7FF\uE000-\uFEFE\uFF00-\uFFFF";

    private readonly string pattern;
    private readonly StringBuilder result = new();
    private int at;
    private long repetitions = 1;

    private EcmaPattern(string pattern) => this.pattern = pattern;

    /// <returns>The pattern in .NET's syntax, or <see langword="null"/>.</returns>
    public static string? Translate(string pattern)
    {
        try
        {
            var reader = new EcmaPattern(pattern);
            if (pattern.Length > MaxLength || !reader.Read())
            {
                return null;
            }

            var expression = reader.result.ToString();
            _ = new Regex(expression, RegexOptions.CultureInvariant);
            return expression;
        }
        catch (ArgumentException)
        {
            return null; // Not a valid pattern.
        }
    }

    private bool Read()
    {
        while (at < pattern.Length)
        {
            var character = pattern[at];
            if (char.IsSurrogate(character))
            {
                if (!ReadPair())
                {
                    return false;
                }

                continue;
            }

            at++;
            switch (character)
            {
                case '$':
                    result.Append(@"\z");
                    break;
                case '.':
                    result.Append($"(?:{Pair}|[^{LineEnds}{Surrogates}])");
                    break;
                case '[':
                    if (!ReadClass())
                    {
                        return false;
                    }

                    break;
                case '\\':
                    if (!ReadEscape())
                    {
                        return false;
                    }

                    break;
                // .NET has comments, conditions, atomic groups and options, which ECMA 262 does not have.
                case '(' when At('?') && !(Group().Match(pattern, at) is { Success: true }):
                    return false;
                case '{' when Quantifier().Match(pattern, at) is { Success: true } quantifier:
                    if (!Repeat(quantifier))
                    {
                        return false;
                    }

                    break;
                case '{':
                    result.Append(@"\{");
                    break;
                default:
                    result.Append(character);
                    break;
            }
        }

        return true;
    }

    // A surrogate pair is grouped, so that a quantifier after it applies to the whole character.
    private bool ReadPair()
    {
        if (at + 1 == pattern.Length || !char.IsSurrogatePair(pattern[at], pattern[at + 1]))
        {
            return false;
        }

        result.Append("(?:").Append(pattern, at, 2).Append(')');
        at += 2;
        return true;
    }

    private bool Repeat(Match quantifier)
    {
        var most = (
            quantifier.Groups["most"] is { Success: true, Length: > 0 } bound ? bound : quantifier.Groups["least"]
        ).Value;
        if (
            !long.TryParse(most, CultureInfo.InvariantCulture, out var times)
            || (repetitions *= Math.Max(times, 1)) > MaxRepetitions
        )
        {
            return false;
        }

        result.Append('{').Append(quantifier.Value);
        at += quantifier.Length;
        return true;
    }

    // Reads an escape outside brackets.
    private bool ReadEscape()
    {
        if (at == pattern.Length)
        {
            return false;
        }

        var letter = pattern[at++];
        var whole = letter switch
        {
            'd' => "[0-9]",
            'w' => "[A-Za-z0-9_]",
            's' => $"[{Space}]",
            'D' => $"(?:{Pair}|[^0-9{Surrogates}])",
            'W' => $"(?:{Pair}|[^A-Za-z0-9_{Surrogates}])",
            'S' => $"(?:{Pair}|[{NoSpace}])",
            // The same meaning except for letters beyond ASCII, which .NET counts as word characters.
            'b' or 'B' => @"\" + letter,
            _ => null,
        };
        if (whole is null && char.IsAsciiDigit(letter) && letter != '0')
        {
            whole = @"\" + letter; // A reference to a group.
        }

        whole ??= ReadCharacter(letter);
        result.Append(whole);
        return whole is not null;
    }

    private bool ReadClass()
    {
        var isNegated = At('^');
        at += isNegated ? 1 : 0;
        var members = new StringBuilder();
        var isRange = false;
        while (at < pattern.Length && pattern[at] != ']')
        {
            var character = pattern[at++];
            var member = character switch
            {
                '\\' when at < pattern.Length => ReadMember(pattern[at++]),
                // In .NET, an opening bracket inside brackets may mean subtraction, so it is escaped.
                '[' => @"\[",
                _ when char.IsSurrogate(character) => null,
                _ => character.ToString(),
            };
            // A character class cannot bound a range: a hyphen beside it is a character, or an error.
            var isClass = character == '\\' && pattern[at - 1] is 'd' or 'w' or 's';
            if (member is null || (isClass && isRange))
            {
                return false;
            }

            isRange = character == '-' && members.Length > 0;
            members.Append(member);
            if (isClass && At('-'))
            {
                members.Append(@"\-");
                at++;
            }
        }

        if (at++ >= pattern.Length)
        {
            return false;
        }

        if (isNegated)
        {
            result.Append($"(?:{Pair}|[^{members}{Surrogates}])");
        }
        else
        {
            result.Append(members.Length == 0 ? @"[^\s\S]" : $"[{members}]");
        }
        return true;
    }

    private string? ReadMember(char letter) =>
        letter switch
        {
            'd' => "0-9",
            'w' => "A-Za-z0-9_",
            's' => Space,
            'b' => @"\b",
            '-' => @"\-",
            // These classes also match surrogate pairs, which brackets cannot express.
            'D' or 'W' or 'S' => null,
            _ => ReadCharacter(letter),
        };

    private string? ReadCharacter(char letter)
    {
        if (letter is 'x' or 'u' && Code().Match(pattern, at - 1) is { Success: true } code)
        {
            at += code.Length - 1;
            var value = int.Parse(
                code.Groups["hex"].Value,
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture
            );
            return value is < 0xD800 or (> 0xDFFF and <= 0xFFFF) ? $@"\u{value:X4}" : null;
        }

        return letter switch
        {
            't' or 'n' or 'v' or 'f' or 'r' => @"\" + letter,
            '0' when at == pattern.Length || !char.IsAsciiDigit(pattern[at]) => @"\0",
            'c' when at < pattern.Length && char.IsAsciiLetter(pattern[at]) => @"\c" + pattern[at++],
            'p' or 'P' or 'k' => null,
            _ when char.IsAsciiLetterOrDigit(letter) || char.IsSurrogate(letter) => null,
            _ => @"\" + letter,
        };
    }

    private bool At(char expected) => at < pattern.Length && pattern[at] == expected;

    // The characters that may follow an opening parenthesis.
    [GeneratedRegex(@"\G\?(?:[:=!]|<[=!])")]
    private static partial Regex Group();

    [GeneratedRegex(@"\G(?<least>[0-9]+)(?:,(?<most>[0-9]*))?\}")]
    private static partial Regex Quantifier();

    [GeneratedRegex(@"\G(?:x(?<hex>[0-9A-Fa-f]{2})|u(?<hex>[0-9A-Fa-f]{4})|u\{(?<hex>[0-9A-Fa-f]{1,6})\})")]
    private static partial Regex Code();
}
