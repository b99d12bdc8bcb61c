using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace NeonPanel.Mcp.Server.Arguments;

/// <summary>A JSON number with all its digits and any exponent. It is never rounded, so that comparisons with limits
/// are exact (rule D3).</summary>
internal readonly struct ExactNumber : IComparable<ExactNumber>
{
    // Far beyond any number that a text can write out, and far from overflow.
    private const long LargestExponent = 1_000_000_000_000_000;

    /// <summary>Number of digits that always fit into 64 bits.</summary>
    private const int ChunkDigits = 18;

    // The value is 0.DIGITS × 10^scale. DIGITS has no zeros at either end, so that equal values have equal digits.
    private readonly string digits;
    private readonly long scale;
    private readonly bool isNegative;

    private ExactNumber(string digits, long scale, bool isNegative)
    {
        this.digits = digits;
        this.scale = scale;
        this.isNegative = isNegative;
    }

    /// <summary>Returns whether a JSON number is an integer: <c>3</c>, <c>3.0</c> and <c>1e400</c> are. It allocates
    /// nothing, because it runs for every item of a list.</summary>
    public static bool IsWhole(JsonElement number)
    {
        var mantissa = JsonMarshal.GetRawUtf8Value(number);
        var exponent = 0L;
        if (mantissa.IndexOfAny((byte)'e', (byte)'E') is var at and >= 0)
        {
            exponent = Exponent(mantissa[(at + 1)..]);
            mantissa = mantissa[..at];
        }

        var last = mantissa.LastIndexOfAnyInRange((byte)'1', (byte)'9');
        var point = mantissa.IndexOf((byte)'.');
        if (last < 0 || (point < 0 && exponent >= 0))
        {
            return true;
        }

        // Position of the last nonzero digit after the decimal point; zero or less if it is before the point.
        var unit = point < 0 ? mantissa.Length : point;
        var places = point >= 0 && point < last ? last - unit : last - (unit - 1);
        return places <= exponent;
    }

    /// <param name="number">A JSON number.</param>
    public static ExactNumber Of(JsonElement number) => Parse(JsonMarshal.GetRawUtf8Value(number));

    /// <param name="text">A number as JSON writes it (RFC 8259 §6).</param>
    public static ExactNumber Parse(string text) => Parse(Encoding.ASCII.GetBytes(text));

    private static ExactNumber Parse(ReadOnlySpan<byte> text)
    {
        var isNegative = text[0] == '-';
        var mantissa = isNegative ? text[1..] : text;
        var exponent = 0L;
        if (mantissa.IndexOfAny((byte)'e', (byte)'E') is var at and >= 0)
        {
            exponent = Exponent(mantissa[(at + 1)..]);
            mantissa = mantissa[..at];
        }

        var first = mantissa.IndexOfAnyInRange((byte)'1', (byte)'9');
        if (first < 0)
        {
            return new("", 0, false); // zero has no sign
        }

        var point = mantissa.IndexOf((byte)'.');
        var whole = point < 0 ? mantissa.Length : point;
        // Position of the first nonzero digit before the decimal point; zero or less if it is after the point.
        var places = whole - first + (point >= 0 && first > point ? 1 : 0);
        var significant = mantissa[first..(mantissa.LastIndexOfAnyInRange((byte)'1', (byte)'9') + 1)];
        var split = significant.IndexOf((byte)'.');
        var digits =
            split < 0
                ? Encoding.ASCII.GetString(significant)
                : string.Concat(
                    Encoding.ASCII.GetString(significant[..split]),
                    Encoding.ASCII.GetString(significant[(split + 1)..])
                );
        return new(digits, places + exponent, isNegative);
    }

    public int CompareTo(ExactNumber other)
    {
        if (Sign != other.Sign)
        {
            return Sign.CompareTo(other.Sign);
        }

        var magnitude =
            scale == other.scale ? string.CompareOrdinal(digits, other.digits) : scale.CompareTo(other.scale);
        return isNegative ? -magnitude : magnitude;
    }

    /// <summary>Returns whether the value is an integer multiple of another value, which must not be zero.</summary>
    public bool IsMultipleOf(ExactNumber other)
    {
        var shift = scale - digits.Length - (other.scale - other.digits.Length);
        if (digits.Length == 0 || shift < 0)
        {
            // The last digit is not zero, so a divisor whose last digit is further left does not divide the value.
            return digits.Length == 0;
        }

        var divisor = BigInteger.Parse(other.digits, CultureInfo.InvariantCulture);
        var rest = BigInteger.Zero;
        for (var left = digits.AsSpan(); !left.IsEmpty; left = left[Math.Min(ChunkDigits, left.Length)..])
        {
            var chunk = left[..Math.Min(ChunkDigits, left.Length)];
            rest =
                ((rest * BigInteger.Pow(10, chunk.Length)) + long.Parse(chunk, CultureInfo.InvariantCulture)) % divisor;
        }

        return (rest * BigInteger.ModPow(10, shift, divisor) % divisor).IsZero;
    }

    /// <summary>Returns the same text for equal values, however they were written.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(isNegative ? "-" : "")}0.{digits}e{scale}");

    private int Sign
    {
        get
        {
            if (digits.Length == 0)
            {
                return 0;
            }

            if (isNegative)
            {
                return -1;
            }

            return 1;
        }
    }

    private static long Exponent(ReadOnlySpan<byte> text)
    {
        var isNegative = text[0] == '-';
        var exponent = 0L;
        foreach (var digit in text.TrimStart("+-"u8))
        {
            exponent = Math.Min((exponent * 10) + digit - '0', LargestExponent);
            if (exponent == LargestExponent)
            {
                break;
            }
        }

        return isNegative ? -exponent : exponent;
    }
}
