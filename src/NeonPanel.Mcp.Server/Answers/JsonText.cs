using System.Buffers;
using System.Text;
using System.Text.Json;
using NeonPanel.Mcp.SafeText;

namespace NeonPanel.Mcp.Server.Answers;

/// <summary>Validates and navigates JSON text (RFC 8259) by positions. The server needs only the outline of an answer.
/// The library's reader prepares each value for access, which takes half of the time for passing on a large answer
/// (docs/decisions/0019). In the tests, the library's reader judges this one.</summary>
internal static class JsonText
{
    /// <summary>Most levels of lists and objects. It equals the default of the library's reader.</summary>
    public const int MaxDepth = 64;

    private const byte Delete = 0x7F;

    private static readonly SearchValues<byte> StringStops = SearchValues.Create([
        .. Enumerable.Range(0, 0x20).Select(control => (byte)control),
        .. "\"\\"u8,
    ]);
    private static readonly SearchValues<byte> ExaminedStops = SearchValues.Create([
        .. Enumerable.Range(0, 0x20).Select(control => (byte)control),
        .. "\"\\"u8,
        .. (byte[])[Delete, 0xC2, 0xCD, 0xD8, 0xE1, 0xE2, 0xE3, 0xEF, 0xF3],
    ]);
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"[]{}"u8);
    private static readonly SearchValues<byte> AfterScalar = SearchValues.Create(",]} \t\r\n"u8);

    /// <summary>Checks that a text is one JSON value.</summary>
    /// <param name="member">Called for each member of the root, if the root is an object. It gets the name with its
    /// quotation marks and the position of the value.</param>
    /// <returns>What the strings of the text may contain.</returns>
    /// <exception cref="NestingException">The value is nested deeper than 64 levels.</exception>
    /// <exception cref="JsonException">The text is not a JSON value.</exception>
    public static TextTraits Check(ReadOnlySpan<byte> json, Action<Place, int> member)
    {
        // One bit for each open level, the innermost last: 1 for an object, 0 for a list.
        var objects = 0UL;
        var depth = 0;
        // Both tests read the text with vectors, and cost a tenth of what they save in the strings.
        var traits = Ascii.IsValid(json) && !json.Contains(Delete) ? TextTraits.Ascii : TextTraits.None;
        var at = SkipSpace(json, 0);
        while (true)
        {
            var first = At(json, at);
            if (first is (byte)'{' or (byte)'[')
            {
                if (++depth > MaxDepth)
                {
                    throw new NestingException();
                }

                objects = (objects << 1) | (first == '{' ? 1UL : 0);
                at = SkipSpace(json, at + 1);
                if (At(json, at) != first + 2)
                {
                    at = first == '{' ? Name(json, at, depth, member, ref traits) : at;
                    continue;
                }
            }
            else
            {
                at = Scalar(json, at, ref traits);
            }

            // After a value, or before the end of an empty list or object: reads all closing brackets, then the next
            // value.
            for (
                at = SkipSpace(json, at);
                depth > 0 && At(json, at) == ((objects & 1) == 1 ? '}' : ']');
                at = SkipSpace(json, at + 1)
            )
            {
                objects >>= 1;
                depth--;
            }

            if (depth == 0)
            {
                Require(at == json.Length);
                return traits;
            }

            Require(At(json, at) == ',');
            at = SkipSpace(json, at + 1);
            at = (objects & 1) == 1 ? Name(json, at, depth, member, ref traits) : at;
        }
    }

    /// <summary>Finds the end of a value in text that is known to be valid JSON.</summary>
    public static int EndOfValue(ReadOnlySpan<byte> json, int at)
    {
        switch (json[at])
        {
            case (byte)'"':
                return EndOfString(json, at);
            case (byte)'{' or (byte)'[':
                var depth = 0;
                do
                {
                    at += json[at..].IndexOfAny(Structure);
                    depth += json[at] switch
                    {
                        (byte)'{' or (byte)'[' => 1,
                        (byte)'"' => 0,
                        _ => -1,
                    };
                    at = json[at] == '"' ? EndOfString(json, at) : at + 1;
                } while (depth > 0);
                return at;
            default:
                return json[at..].IndexOfAny(AfterScalar) is >= 0 and var length ? at + length : json.Length;
        }
    }

    /// <summary>Finds the end of a string.</summary>
    /// <param name="at">Position of the opening quotation mark.</param>
    /// <exception cref="JsonException">The string has no end, contains a character that must be escaped, or has an
    /// invalid escape.</exception>
    public static int EndOfString(ReadOnlySpan<byte> json, int at)
    {
        for (at++; ; )
        {
            var length = json[at..].IndexOfAny(StringStops);
            Require(length >= 0);
            at += length;
            if (json[at] == '"')
            {
                return at + 1;
            }

            at = EndOfEscape(json, at);
        }
    }

    // Also looks at the characters of the string, while they are in the processor's cache.
    private static int EndOfString(ReadOnlySpan<byte> json, int at, ref TextTraits traits)
    {
        var start = ++at;
        while (true)
        {
            var length = traits.HasFlag(TextTraits.Ascii)
                ? json[at..].IndexOfAny(StringStops)
                : json[at..].IndexOfAny(ExaminedStops);
            Require(length >= 0);
            at += length;
            switch (json[at])
            {
                case (byte)'"':
                    if (at - start >= InstructionText.Shortest && InstructionText.MayBeIn(json[start..at]))
                    {
                        traits |= TextTraits.Instructions;
                    }

                    return at + 1;
                case (byte)'\\':
                    var end = EndOfEscape(json, at);
                    traits |= TraitsOfEscape(json, at);
                    at = end;
                    break;
                default:
                    Require(json[at] >= 0x20);
                    at = AfterSuspect(json, at, ref traits);
                    break;
            }
        }
    }

    private static TextTraits TraitsOfEscape(ReadOnlySpan<byte> json, int at)
    {
        if (At(json, at + 1) == '/')
        {
            return TextTraits.Escapes;
        }

        if (At(json, at + 1) != 'u')
        {
            return TextTraits.None;
        }

        int unit = StrangersText.Unit(json[at..]);
        return unit switch
        {
            // Half of a pair. Tag characters begin with U+DB40.
            >= 0xD800 and <= 0xDFFF => TextTraits.Surrogates
                | TextTraits.Escapes
                | (unit is >= 0xDB40 and <= 0xDB43 ? TextTraits.Hidden : TextTraits.None),
            // ASCII, which nobody escapes without a reason.
            >= 0x30 and <= 0x7A => TextTraits.Escapes | TextTraits.Instructions,
            _ when HiddenText.MayHide(unit) => TextTraits.Escapes | TextTraits.Hidden,
            _ => TextTraits.Escapes,
        };
    }

    private static int EndOfEscape(ReadOnlySpan<byte> json, int at)
    {
        Require(json[at] == '\\');
        switch (At(json, at + 1))
        {
            case (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t':
                return at + 2;
            case (byte)'u' when json.Length >= at + 6 && json.Slice(at + 2, 4).IndexOfAnyExcept(HexDigits) < 0:
                return at + 6;
            default:
                throw new JsonException();
        }
    }

    // The byte begins a character of a range with hidden characters. All characters up to the next ASCII character are
    // read here, because texts in some scripts have such a byte in every word.
    private static int AfterSuspect(ReadOnlySpan<byte> json, int at, ref TextTraits traits)
    {
        do
        {
            var first = json[at];
            if (IsHidden(first, At(json, at + 1), At(json, at + 2)) && !IsBetweenArabicLetters(json, at))
            {
                traits |= TextTraits.Hidden;
            }

            at += CharacterLength(first);
        } while (At(json, at) >= 0x80);

        // Bytes that are not UTF-8 were replaced before.
        return Math.Min(at, json.Length);
    }

    // The non-joiner of Persian, which HiddenText leaves in place.
    private static bool IsBetweenArabicLetters(ReadOnlySpan<byte> json, int at) =>
        json[at] == 0xE2
        && At(json, at + 1) == 0x80
        && At(json, at + 2) == 0x8C
        && At(json, at - 2) is >= 0xD8 and <= 0xDB
        && At(json, at + 3) is >= 0xD8 and <= 0xDB;

    private static int CharacterLength(byte first) =>
        first switch
        {
            < 0xC0 => 1,
            < 0xE0 => 2,
            < 0xF0 => 3,
            _ => 4,
        };

    // The ranges of HiddenText.MayHide, by the first bytes of their characters.
    private static bool IsHidden(byte first, byte second, byte third) =>
        first switch
        {
            0x7F => true,
            < 0xC2 => false,
            0xC2 => second is < 0xA0 or 0xAD,
            0xCD => second == 0x8F,
            0xD8 => second == 0x9C,
            0xE1 => second is 0x85 or 0xA0,
            0xE2 => second switch
            {
                0x80 => third is (>= 0x8B and <= 0x8F) or (>= 0xAA and <= 0xAE),
                0x81 => third >= 0xA0,
                _ => second == 0xA0 && third == 0x80,
            },
            0xE3 => second == 0x85 && third == 0xA4,
            0xEF => second is 0xB8 or 0xBB or 0xBE or 0xBF,
            0xF3 => true,
            _ => false,
        };

    public static int SkipSpace(ReadOnlySpan<byte> json, int at)
    {
        while (At(json, at) is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            at++;
        }

        return at;
    }

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    private static int Name(
        ReadOnlySpan<byte> json,
        int at,
        int depth,
        Action<Place, int> member,
        ref TextTraits traits
    )
    {
        Require(At(json, at) == '"');
        var name = new Place(at, EndOfString(json, at, ref traits));
        at = SkipSpace(json, name.End);
        Require(At(json, at) == ':');
        at = SkipSpace(json, at + 1);
        if (depth == 1)
        {
            member(name, at);
        }

        return at;
    }

    private static int Scalar(ReadOnlySpan<byte> json, int at, ref TextTraits traits) =>
        At(json, at) switch
        {
            (byte)'"' => EndOfString(json, at, ref traits),
            (byte)'t' => EndOfWord(json, at, "true"u8),
            (byte)'f' => EndOfWord(json, at, "false"u8),
            (byte)'n' => EndOfWord(json, at, "null"u8),
            _ => EndOfNumber(json, at),
        };

    private static int EndOfWord(ReadOnlySpan<byte> json, int at, ReadOnlySpan<byte> word)
    {
        Require(json[at..].StartsWith(word));
        return at + word.Length;
    }

    // RFC 8259 §6.
    private static int EndOfNumber(ReadOnlySpan<byte> json, int at)
    {
        at += At(json, at) == '-' ? 1 : 0;
        at = At(json, at) == '0' ? at + 1 : EndOfDigits(json, at);
        at = At(json, at) == '.' ? EndOfDigits(json, at + 1) : at;
        if (At(json, at) is (byte)'e' or (byte)'E')
        {
            at = EndOfDigits(json, At(json, at + 1) is (byte)'+' or (byte)'-' ? at + 2 : at + 1);
        }

        return at;
    }

    private static int EndOfDigits(ReadOnlySpan<byte> json, int at)
    {
        Require(char.IsAsciiDigit((char)At(json, at)));
        while (char.IsAsciiDigit((char)At(json, at)))
        {
            at++;
        }

        return at;
    }

    // Returns 0 behind the end of the text. The character 0 does not occur in JSON.
    private static byte At(ReadOnlySpan<byte> json, int at) => (uint)at < (uint)json.Length ? json[at] : (byte)0;

    private static void Require(bool condition)
    {
        if (!condition)
        {
            throw new JsonException();
        }
    }
}

/// <summary>JSON text is nested deeper than <see cref="JsonText.MaxDepth"/> levels.</summary>
internal sealed class NestingException : JsonException;

/// <summary>A part of an answer's text: the bytes from <paramref name="Start"/> up to but not including
/// <paramref name="End"/>.</summary>
internal readonly record struct Place(int Start, int End)
{
    public int Length => End - Start;
}
