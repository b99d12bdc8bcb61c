using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Arguments;

/// <summary>The numeric limits of a shape, parsed once.</summary>
internal sealed class NumberLimits
{
    private static readonly ConditionalWeakTable<ValueShape, NumberLimits> Known = [];

    private readonly ExactNumber? minimum;
    private readonly ExactNumber? maximum;
    private readonly ExactNumber? formatMinimum;
    private readonly ExactNumber? formatMaximum;
    private readonly ExactNumber? unit;
    private readonly bool isMinimumExcluded;
    private readonly bool isMaximumExcluded;

    // The limits for integers of up to 18 digits, which need no exact comparison. The range is empty if a limit has
    // another form.
    private readonly (long Least, long Most) plain = (long.MaxValue, long.MinValue);

    private NumberLimits(ValueShape shape)
    {
        (FormatMinimum, FormatMaximum) = shape.Format switch
        {
            "int32" => ("-2147483648", "2147483647"),
            "int64" => ("-9223372036854775808", "9223372036854775807"),
            _ => ((string?)null, (string?)null),
        };
        minimum = Parse(shape.Minimum);
        maximum = Parse(shape.Maximum);
        formatMinimum = Parse(FormatMinimum);
        formatMaximum = Parse(FormatMaximum);
        unit = Parse(shape.MultipleOf);
        isMinimumExcluded = shape.ExclusiveMinimum;
        isMaximumExcluded = shape.ExclusiveMaximum;
        if (
            unit is null
            && TryPlain(shape.Minimum, long.MinValue, out var least)
            && TryPlain(shape.Maximum, long.MaxValue, out var most)
            && TryPlain(FormatMinimum, long.MinValue, out var formatLeast)
            && TryPlain(FormatMaximum, long.MaxValue, out var formatMost)
        )
        {
            // Treats both limits as excluded. For a value at a limit, the exact comparison decides.
            plain = (Math.Max(least, formatLeast), Math.Min(most, formatMost));
        }
    }

    public bool IsNone => (minimum ?? maximum ?? formatMinimum ?? unit) is null;

    public string? FormatMinimum { get; }

    public string? FormatMaximum { get; }

    public static NumberLimits Of(ValueShape shape) => Known.GetValue(shape, static shape => new(shape));

    /// <summary>Returns whether the value is an integer inside all limits, without allocating. <see langword="false"/>
    /// means unknown.</summary>
    public bool IsSurelyWithin(JsonElement value) =>
        value.TryGetInt64(out var number) && number > plain.Least && number < plain.Most;

    public bool IsInRange(ExactNumber number) =>
        !(minimum is { } least && number.CompareTo(least) < (isMinimumExcluded ? 1 : 0))
        && !(maximum is { } most && number.CompareTo(most) > (isMaximumExcluded ? -1 : 0));

    public bool IsInFormat(ExactNumber number) =>
        !(formatMinimum is { } least && number.CompareTo(least) < 0)
        && !(formatMaximum is { } most && number.CompareTo(most) > 0);

    public bool IsMultiple(ExactNumber number) => unit is not { } divisor || number.IsMultipleOf(divisor);

    private static ExactNumber? Parse(string? digits) => digits is null ? null : ExactNumber.Parse(digits);

    private static bool TryPlain(string? digits, long otherwise, out long limit)
    {
        limit = otherwise;
        return digits is null
            || long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out limit);
    }
}
