using System.Buffers;
using System.Text.Json;

namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>Validates and navigates JSON text (RFC 8259) by positions. The server needs only the outline of an answer.
/// The library's reader prepares each value for access, which takes half of the time for passing on a large answer
/// (docs/decisions/0019). In the tests, the library's reader judges this one.</summary>
internal static class JsonText
{
    /// <summary>Most levels of lists and objects. It equals the default of the library's reader.</summary>
    public const int MaxDepth = 64;

    private static readonly SearchValues<byte> StringStops = SearchValues.Create([
        .. Enumerable.Range(0, 0x20).Select(control => (byte)control),
        .. "\"\\"u8,
    ]);
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"[]{}"u8);
    private static readonly SearchValues<byte> AfterScalar = SearchValues.Create(",]} \t\r\n"u8);

    /// <summary>Checks that a text is one JSON value.</summary>
    /// <param name="member">Called for each member of the root, if the root is an object. It gets the name with its
    /// quotation marks and the position of the value.</param>
    /// <returns>Whether the text contains an escape of a surrogate, which may lack its other half.</returns>
    /// <exception cref="NestingException">The value is nested deeper than 64 levels.</exception>
    /// <exception cref="JsonException">The text is not a JSON value.</exception>
    public static bool Check(ReadOnlySpan<byte> json, Action<Place, int> member)
    {
        // One bit for each open level, the innermost last: 1 for an object, 0 for a list.
        var (objects, depth) = (0UL, 0);
        var holdsSurrogates = false;
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
                    at = first == '{' ? Name(json, at, depth, member, ref holdsSurrogates) : at;
                    continue;
                }
            }
            else
            {
                at = Scalar(json, at, ref holdsSurrogates);
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
                return holdsSurrogates;
            }

            Require(At(json, at) == ',');
            at = SkipSpace(json, at + 1);
            at = (objects & 1) == 1 ? Name(json, at, depth, member, ref holdsSurrogates) : at;
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
        var ignored = false;
        return EndOfString(json, at, ref ignored);
    }

    private static int EndOfString(ReadOnlySpan<byte> json, int at, ref bool holdsSurrogates)
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

            Require(json[at] == '\\');
            switch (At(json, at + 1))
            {
                case (byte)'"'
                or (byte)'\\'
                or (byte)'/'
                or (byte)'b'
                or (byte)'f'
                or (byte)'n'
                or (byte)'r'
                or (byte)'t':
                    at += 2;
                    break;
                case (byte)'u' when json.Length >= at + 6 && json.Slice(at + 2, 4).IndexOfAnyExcept(HexDigits) < 0:
                    // \uD800 to \uDFFF
                    holdsSurrogates |= json[at + 2] is (byte)'d' or (byte)'D' && json[at + 3] >= '8';
                    at += 6;
                    break;
                default:
                    throw new JsonException();
            }
        }
    }

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
        ref bool holdsSurrogates
    )
    {
        Require(At(json, at) == '"');
        var name = new Place(at, EndOfString(json, at, ref holdsSurrogates));
        at = SkipSpace(json, name.End);
        Require(At(json, at) == ':');
        at = SkipSpace(json, at + 1);
        if (depth == 1)
        {
            member(name, at);
        }

        return at;
    }

    private static int Scalar(ReadOnlySpan<byte> json, int at, ref bool holdsSurrogates) =>
        At(json, at) switch
        {
            (byte)'"' => EndOfString(json, at, ref holdsSurrogates),
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
