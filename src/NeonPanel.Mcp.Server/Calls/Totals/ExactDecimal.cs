using System.Globalization;
using System.Numerics;

namespace NeonPanel.Mcp.Server.Calls.Totals;

/// <summary>A decimal number with all its digits: <see cref="Units"/> × 10^-<see cref="Scale"/>. Sums are never
/// rounded (rule D12).</summary>
/// <param name="Units">The digits, with the sign.</param>
/// <param name="Scale">Number of digits after the decimal point.</param>
internal readonly record struct ExactDecimal(BigInteger Units, int Scale) : IComparable<ExactDecimal>
{
    /// <summary>Most digits, and largest exponent, of a number that is read.</summary>
    public const int MostDigits = 400;

    /// <summary>Most digits that every reader of JSON keeps: many read numbers as IEEE 754 doubles.</summary>
    private const int SafeDigits = 15;

    /// <summary>Reads a number in JSON's form (RFC 8259 §6); leading zeros and a plus sign are accepted too.</summary>
    /// <returns>Whether the text is a number of at most <see cref="MostDigits"/> digits.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out ExactDecimal value)
    {
        value = default;
        var isNegative = text is [(byte)'-', ..];
        text = text is [(byte)'-' or (byte)'+', ..] ? text[1..] : text;
        var exponent = 0;
        if (text.IndexOfAny((byte)'e', (byte)'E') is var at and >= 0)
        {
            if (
                !int.TryParse(
                    text[(at + 1)..],
                    NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture,
                    out exponent
                )
                || Math.Abs((long)exponent) > MostDigits
            )
            {
                return false;
            }

            text = text[..at];
        }

        var point = text.IndexOf((byte)'.');
        var fraction = point < 0 ? 0 : text.Length - point - 1;
        if (text.Length is 0 or > MostDigits || point == 0 || (point > 0 && fraction == 0))
        {
            return false;
        }

        Span<char> digits = stackalloc char[text.Length];
        var count = 0;
        for (var index = 0; index < text.Length; index++)
        {
            if (index == point)
            {
                continue;
            }

            if (!char.IsAsciiDigit((char)text[index]))
            {
                return false;
            }

            digits[count++] = (char)text[index];
        }

        var units = BigInteger.Parse(digits[..count], NumberStyles.None, CultureInfo.InvariantCulture);
        var scale = fraction - exponent;
        value = new((isNegative ? -units : units) * BigInteger.Pow(10, Math.Max(0, -scale)), Math.Max(0, scale));
        return true;
    }

    public static ExactDecimal operator +(ExactDecimal left, ExactDecimal right)
    {
        var scale = Math.Max(left.Scale, right.Scale);
        return new(left.UnitsAt(scale) + right.UnitsAt(scale), scale);
    }

    public static ExactDecimal operator *(ExactDecimal left, ExactDecimal right) =>
        new(left.Units * right.Units, left.Scale + right.Scale);

    /// <summary>Returns a hundredth of the number: a percentage as a factor.</summary>
    public ExactDecimal Hundredth() => new(Units, Scale + 2);

    /// <summary>Returns the same number without zeros at its end that are not needed.</summary>
    /// <param name="scale">Digits after the point that stay even if they are zeros.</param>
    public ExactDecimal Shortest(int scale)
    {
        var value = this;
        while (value.Scale > scale && (value.Units % 10).IsZero)
        {
            value = new(value.Units / 10, value.Scale - 1);
        }

        return value;
    }

    public int CompareTo(ExactDecimal other)
    {
        var scale = Math.Max(Scale, other.Scale);
        return UnitsAt(scale).CompareTo(other.UnitsAt(scale));
    }

    /// <summary>Gets whether each reader of JSON keeps all digits of the number.</summary>
    public bool IsSafe => BigInteger.Abs(Units) < BigInteger.Pow(10, SafeDigits);

    /// <summary>Returns the number in plain notation, with all digits after the point that were read.</summary>
    public override string ToString()
    {
        var digits = BigInteger.Abs(Units).ToString(CultureInfo.InvariantCulture).PadLeft(Scale + 1, '0');
        var whole = digits[..(digits.Length - Scale)];
        var text = Scale == 0 ? whole : $"{whole}.{digits[^Scale..]}";
        return Units.Sign < 0 ? "-" + text : text;
    }

    private BigInteger UnitsAt(int scale) => scale == Scale ? Units : Units * BigInteger.Pow(10, scale - Scale);
}
