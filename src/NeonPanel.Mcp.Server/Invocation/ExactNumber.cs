using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>A JSON number as the digits that were written, however many, and however large the exponent: nothing is rounded, so
/// that a limit means what it says (rule D3).</summary>
internal readonly struct ExactNumber : IComparable<ExactNumber>
{
    // Far beyond what a text can write out, and far from overflow.
    private const long LargestExponent = 1_000_000_000_000_000;

    // The value is 0.DIGITS × 10^scale. Without zeros at either end, so that equal values have equal digits.
    private readonly string digits;
    private readonly long scale;
    private readonly bool isNegative;

    private ExactNumber(string digits, long scale, bool isNegative) => (this.digits, this.scale, this.isNegative) = (digits, scale, isNegative);

    /// <summary>Gets whether there is nothing behind the point: <c>3</c>, <c>3.0</c> and <c>1e400</c> are whole.</summary>
    public bool IsWhole => digits.Length <= scale || digits.Length == 0;

    /// <param name="number">A JSON number.</param>
    public static ExactNumber Of(JsonElement number) => Parse(Encoding.ASCII.GetString(JsonMarshal.GetRawUtf8Value(number)));

    /// <param name="text">A number as JSON writes it (RFC 8259 §6).</param>
    public static ExactNumber Parse(string text)
    {
        var mantissa = text.AsSpan().TrimStart('-');
        var exponent = 0L;
        if (mantissa.IndexOfAny('e', 'E') is var at and >= 0)
        {
            exponent = Exponent(mantissa[(at + 1)..]);
            mantissa = mantissa[..at];
        }

        var point = mantissa.IndexOf('.');
        var whole = point < 0 ? mantissa : mantissa[..point];
        var all = string.Concat(whole, point < 0 ? [] : mantissa[(point + 1)..]);
        var significant = all.AsSpan().TrimStart('0');
        var leading = all.Length - significant.Length;
        // Minus nothing is nothing.
        return significant.Length == 0
            ? new("", 0, false)
            : new(significant.TrimEnd('0').ToString(), whole.Length - leading + exponent, text[0] == '-');
    }

    public int CompareTo(ExactNumber other)
    {
        if (Sign != other.Sign)
        {
            return Sign.CompareTo(other.Sign);
        }

        var magnitude = scale == other.scale ? string.CompareOrdinal(digits, other.digits) : scale.CompareTo(other.scale);
        return isNegative ? -magnitude : magnitude;
    }

    /// <summary>Whether the value is a whole multiple of another, which is not zero.</summary>
    public bool IsMultipleOf(ExactNumber other)
    {
        var shift = scale - digits.Length - (other.scale - other.digits.Length);
        if (digits.Length == 0 || shift < 0)
        {
            // The last digit is not zero, so a divisor that ends further left does not divide it.
            return digits.Length == 0;
        }

        var divisor = BigInteger.Parse(other.digits, CultureInfo.InvariantCulture);
        var rest = BigInteger.Zero;
        foreach (var chunk in digits.Chunk(18))
        {
            rest = ((rest * BigInteger.Pow(10, chunk.Length)) + long.Parse(chunk, CultureInfo.InvariantCulture)) % divisor;
        }

        return (rest * BigInteger.ModPow(10, shift, divisor) % divisor).IsZero;
    }

    /// <summary>Returns the same text for equal values, in whatever way they were written.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(isNegative ? "-" : "")}0.{digits}e{scale}");

    private int Sign => digits.Length == 0 ? 0 : isNegative ? -1 : 1;

    private static long Exponent(ReadOnlySpan<char> text)
    {
        var isNegative = text[0] == '-';
        var exponent = 0L;
        foreach (var digit in text.TrimStart("+-"))
        {
            exponent = Math.Min((exponent * 10) + digit - '0', LargestExponent);
        }

        return isNegative ? -exponent : exponent;
    }
}
