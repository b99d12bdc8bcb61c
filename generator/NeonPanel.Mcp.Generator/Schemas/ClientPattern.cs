using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace NeonPanel.Mcp.Generator.Schemas;

/// <summary>Rewrites patterns so that clients can compile them. Validators compile them with the <c>u</c> flag of ECMA
/// 262 (JSON Schema 2020-12, core §6.4), and a pattern that fails makes a strict client drop the whole tool (rule C1).
/// Escapes and brackets that this flag forbids are rewritten; a pattern of another dialect cannot be.</summary>
internal sealed partial class ClientPattern
{
    private readonly string pattern;
    private readonly StringBuilder result = new();
    private readonly Stack<bool> lookarounds = new();
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly List<string> namedReferences = [];
    private int groups;
    private int highestReference;
    private int at;

    private ClientPattern(string pattern) => this.pattern = pattern;

    /// <returns>A pattern with the same meaning that the flag accepts, or <see langword="null"/> if there is
    /// none.</returns>
    public static string? Of(string pattern)
    {
        var reader = new ClientPattern(pattern);
        return
            reader.Read()
            && reader.lookarounds.Count == 0
            && reader.highestReference <= reader.groups
            && reader.namedReferences.TrueForAll(reader.names.Contains)
            ? reader.result.ToString()
            : null;
    }

    private bool Read()
    {
        var canRepeat = false; // Whether a quantifier may follow.
        while (at < pattern.Length)
        {
            var character = pattern[at++];
            switch (character)
            {
                case '\\':
                    if (!ReadEscape(ref canRepeat))
                    {
                        return false;
                    }

                    break;
                case '[':
                    if (!ReadClass())
                    {
                        return false;
                    }

                    canRepeat = true;
                    break;
                case '(':
                    if (!OpenGroup())
                    {
                        return false;
                    }

                    canRepeat = false;
                    break;
                case ')':
                    if (!lookarounds.TryPop(out var isLookaround))
                    {
                        return false;
                    }

                    result.Append(')');
                    canRepeat = !isLookaround;
                    break;
                case '*' or '+' or '?' or '{':
                    if (!Repeat(character, ref canRepeat))
                    {
                        return false;
                    }

                    break;
                case ']' or '}':
                    result.Append('\\').Append(character);
                    canRepeat = true;
                    break;
                default:
                    result.Append(character);
                    canRepeat = character is not ('^' or '$' or '|');
                    break;
            }
        }

        return true;
    }

    // A brace that does not start a quantifier is an ordinary character.
    private bool Repeat(char character, ref bool canRepeat)
    {
        var quantifier = character == '{' ? Braces().Match(pattern, at) : Match.Empty;
        if (character == '{' && !quantifier.Success)
        {
            result.Append(@"\{");
            canRepeat = true;
            // "{,3}" is a quantifier in Python, but four characters in ECMA 262.
            return at == pattern.Length || pattern[at] != ',';
        }

        if (!canRepeat || !IsInOrder(quantifier))
        {
            return false;
        }

        result.Append(character).Append(quantifier.Value);
        at += quantifier.Length;
        if (at < pattern.Length && pattern[at] == '?')
        {
            result.Append('?');
            at++;
        }

        canRepeat = false; // A second quantifier would be possessive, or an error.
        return true;
    }

    private static bool IsInOrder(Match quantifier) =>
        quantifier.Groups["most"] is not { Success: true, Length: > 0 } most
        || decimal.Parse(quantifier.Groups["least"].Value, CultureInfo.InvariantCulture)
            <= decimal.Parse(most.Value, CultureInfo.InvariantCulture);

    private bool OpenGroup()
    {
        var kind = Group().Match(pattern, at);
        if (!kind.Success && at < pattern.Length && pattern[at] == '?')
        {
            return false; // Options, comments, atomic groups and conditions of other dialects.
        }

        var name = kind.Groups["name"];
        if (name.Success && !names.Add(name.Value))
        {
            return false;
        }

        groups += !kind.Success || name.Success ? 1 : 0;
        lookarounds.Push(kind.Value is "?=" or "?!" or "?<=" or "?<!");
        result.Append('(').Append(kind.Value);
        at += kind.Length;
        return true;
    }

    private bool ReadEscape(ref bool canRepeat)
    {
        if (at == pattern.Length)
        {
            return false;
        }

        canRepeat = true;
        switch (pattern[at])
        {
            case 'b' or 'B':
                result.Append('\\').Append(pattern[at++]);
                canRepeat = false;
                return true;
            case 'k' when NameReference().Match(pattern, at) is { Success: true } reference:
                namedReferences.Add(reference.Groups["name"].Value);
                result.Append('\\').Append(reference.Value);
                at += reference.Length;
                return true;
            case >= '1' and <= '9':
                var digits = pattern[at..].TakeWhile(char.IsAsciiDigit).Take(4).Count();
                highestReference = Math.Max(
                    highestReference,
                    int.Parse(pattern.AsSpan(at, digits), CultureInfo.InvariantCulture)
                );
                result.Append('\\').Append(pattern, at, digits);
                at += digits;
                return true;
            default:
                return ReadCharacterEscape(isInClass: false) is not null;
        }
    }

    // ECMA 262 §22.2.1, ClassRanges: a character class cannot bound a range, so a hyphen beside it is a character.
    private bool ReadClass()
    {
        result.Append('[');
        if (at < pattern.Length && pattern[at] == '^')
        {
            result.Append('^');
            at++;
        }

        // "[[:alpha:]]" is a POSIX class.
        if (pattern.AsSpan(at).StartsWith("[:"))
        {
            return false;
        }

        var isAfterClass = false;
        while (at < pattern.Length && pattern[at] != ']')
        {
            // A hyphen after a class, as in "\d-x", is a character. It is escaped, so that it does not form a range.
            if (isAfterClass && pattern[at] == '-')
            {
                result.Append('\\');
            }

            isAfterClass = false;
            var first = ReadMember();
            if (first is null)
            {
                return false;
            }

            if (at + 1 >= pattern.Length || pattern[at] != '-' || pattern[at + 1] == ']')
            {
                continue;
            }

            var hyphen = result.Length;
            at++;
            var last = ReadMember();
            if (last is null || (first >= 0 && last >= 0 && first > last))
            {
                return false;
            }

            isAfterClass = first < 0 || last < 0;
            result.Insert(hyphen, isAfterClass ? @"\-" : "-");
        }

        if (at == pattern.Length)
        {
            return false;
        }

        at++;
        result.Append(']');
        return true;
    }

    // Returns the code point of one member, -1 for a character class, or null if the flag does not accept it.
    private int? ReadMember()
    {
        if (pattern[at] != '\\')
        {
            if (!Rune.TryGetRuneAt(pattern, at, out var rune))
            {
                return null;
            }

            result.Append(pattern, at, rune.Utf16SequenceLength);
            at += rune.Utf16SequenceLength;
            return rune.Value;
        }

        at++;
        return at == pattern.Length ? null : ReadCharacterEscape(isInClass: true);
    }

    private int? ReadCharacterEscape(bool isInClass)
    {
        if (PatternEscape.Read(pattern, at, isInClass) is not { } escape)
        {
            return null;
        }

        at += escape.Length;
        result.Append(escape.Written);
        return escape.CodePoint;
    }

    [GeneratedRegex(@"\G(?<least>[0-9]+)(?:,(?<most>[0-9]*))?\}")]
    private static partial Regex Braces();

    [GeneratedRegex(@"\G\?(?:[:=!]|<[=!]|<(?<name>[\p{L}_$][\p{L}\p{N}_$]*)>)")]
    private static partial Regex Group();

    [GeneratedRegex(@"\Gk<(?<name>[\p{L}_$][\p{L}\p{N}_$]*)>")]
    private static partial Regex NameReference();
}
