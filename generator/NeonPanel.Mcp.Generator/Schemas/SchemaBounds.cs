using System.Globalization;

namespace NeonPanel.Mcp.Generator.Schemas;

/// <summary>Merges limits of schemas that both apply: the tighter limit wins.</summary>
internal static class SchemaBounds
{
    /// <summary>Returns the tighter of two lower bounds. Of equal bounds, the exclusive one is tighter.</summary>
    public static Bound? Highest(Bound? first, Bound? second) => Tighter(first, second, 1);

    /// <summary>Returns the tighter of two upper bounds.</summary>
    public static Bound? Lowest(Bound? first, Bound? second) => Tighter(first, second, -1);

    /// <summary>Returns the least common multiple of two numbers, or the first number if it cannot be
    /// calculated.</summary>
    public static string? CommonMultiple(string? first, string? second)
    {
        if (first is null || second is null || first == second)
        {
            return first ?? second;
        }

        if (!TryRead(first, out var left) || !TryRead(second, out var right) || left <= 0 || right <= 0)
        {
            return first;
        }

        try
        {
            var (larger, smaller) = (Math.Max(left, right), Math.Min(left, right));
            var divisor = larger;
            // Euclid's algorithm, which is exact for decimal fractions as well.
            for (var rest = smaller; rest != 0; )
            {
                (divisor, rest) = (rest, divisor % rest);
            }

            return (left / divisor * right).ToString("0.############################", CultureInfo.InvariantCulture);
        }
        catch (OverflowException)
        {
            return first;
        }
    }

    /// <summary>Compares two numbers of the document by value. Numbers that do not fit into a decimal are compared as
    /// floating point numbers.</summary>
    public static int Compare(string first, string second) =>
        TryRead(first, out var left) && TryRead(second, out var right)
            ? left.CompareTo(right)
            : double.Parse(first, CultureInfo.InvariantCulture)
                .CompareTo(double.Parse(second, CultureInfo.InvariantCulture));

    private static Bound? Tighter(Bound? first, Bound? second, int direction)
    {
        if (first is null || second is null)
        {
            return first ?? second;
        }

        var comparison = Compare(first.Value.Digits, second.Value.Digits) * direction;
        if (comparison == 0)
        {
            return first.Value with { IsExclusive = first.Value.IsExclusive || second.Value.IsExclusive };
        }

        if (comparison > 0)
        {
            return first;
        }

        return second;
    }

    private static bool TryRead(string digits, out decimal value) =>
        decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
}

/// <summary>A limit of a number.</summary>
/// <param name="Digits">The number as the document writes it.</param>
/// <param name="IsExclusive">Whether the number itself is forbidden.</param>
internal readonly record struct Bound(string Digits, bool IsExclusive);
