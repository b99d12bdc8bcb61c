using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Normalization;

/// <summary>Leaves out limits that exclude each other, or that exclude the format or all allowed values beside
/// them.</summary>
/// <param name="tell">Receives what was left out.</param>
internal sealed class ImpossibleLimits(Action<string> tell)
{
    public SchemaModel Loosen(SchemaModel schema)
    {
        var isWhole = schema.Types is ["integer"];
        var limits = Counts(Lengths(Numbers(schema.Limits, isWhole), schema.Format), schema);
        var loosened = ReferenceEquals(limits, schema.Limits) ? schema : schema with { Limits = limits };
        return AllowedValues(NumberFormat(loosened));
    }

    private SchemaLimits Numbers(SchemaLimits limits, bool isWhole)
    {
        if (limits[LimitKeyword.Minimum] is not { } minimum || limits[LimitKeyword.Maximum] is not { } maximum)
        {
            return limits;
        }

        if (
            Order(minimum.Digits, maximum.Digits) is { } order
            && (order > 0 || (order == 0 && (minimum.IsExclusive || maximum.IsExclusive)))
        )
        {
            tell($"No number is at least {minimum.Digits} and at most {maximum.Digits}; both limits are left out.");
            return limits.Without(LimitKeyword.Minimum, LimitKeyword.Maximum);
        }

        if (limits[LimitKeyword.MultipleOf] is { } unit && !HasMultiple(minimum, maximum, unit.Digits))
        {
            tell(
                $"No number from {minimum.Digits} to {maximum.Digits} is a multiple of {unit.Digits}; the limits are left out."
            );
            return limits.Without(LimitKeyword.Minimum, LimitKeyword.Maximum, LimitKeyword.MultipleOf);
        }

        if (isWhole && !HasMultiple(minimum, maximum, "1"))
        {
            tell($"No whole number is from {minimum.Digits} to {maximum.Digits}; both limits are left out.");
            return limits.Without(LimitKeyword.Minimum, LimitKeyword.Maximum);
        }

        return limits;
    }

    // Digits that no decimal holds leave the limits alone.
    private static bool HasMultiple(Bound minimum, Bound maximum, string digits)
    {
        if (
            Decimal(minimum.Digits) is not { } least
            || Decimal(maximum.Digits) is not { } most
            || Decimal(digits) is not { } unit
        )
        {
            return true;
        }

        try
        {
            var multiple = Math.Ceiling(least / unit) * unit;
            multiple += multiple == least && minimum.IsExclusive ? unit : 0;
            return multiple < most || (multiple == most && !maximum.IsExclusive);
        }
        catch (OverflowException)
        {
            return true;
        }
    }

    private SchemaLimits Lengths(SchemaLimits limits, string? format)
    {
        var (least, most) = (limits.Count(LimitKeyword.MinLength), limits.Count(LimitKeyword.MaxLength));
        if (least > most)
        {
            tell($"No text has at least {least} and at most {most} characters; both limits are left out.");
            return limits.Without(LimitKeyword.MinLength, LimitKeyword.MaxLength);
        }

        var (shortest, longest) = LengthsOf(format);
        if (most < shortest)
        {
            tell($"No text of the format {format} has at most {most} characters; the limit is left out.");
            limits = limits.Without(LimitKeyword.MaxLength);
        }

        if (least > longest)
        {
            tell($"No text of the format {format} has at least {least} characters; the limit is left out.");
            limits = limits.Without(LimitKeyword.MinLength);
        }

        return limits;
    }

    private SchemaLimits Counts(SchemaLimits limits, SchemaModel schema)
    {
        var (fewest, most) = (limits.Count(LimitKeyword.MinItems), limits.Count(LimitKeyword.MaxItems));
        if (fewest > most)
        {
            tell($"No list has at least {fewest} and at most {most} items; both limits are left out.");
            limits = limits.Without(LimitKeyword.MinItems, LimitKeyword.MaxItems);
        }
        else if (limits[LimitKeyword.UniqueItems] is not null && fewest > DistinctValues(schema.Items))
        {
            tell($"There are fewer than {fewest} different items; the limits of the list are left out.");
            limits = limits.Without(LimitKeyword.MinItems, LimitKeyword.UniqueItems);
        }

        if (
            limits.Count(LimitKeyword.MaxProperties) is { } members
            && (
                limits.Count(LimitKeyword.MinProperties) > members
                || schema.Properties.Count(property => property.IsRequired) > members
            )
        )
        {
            tell("No object has as many members as are required and as few as are allowed; both limits are left out.");
            limits = limits.Without(LimitKeyword.MinProperties, LimitKeyword.MaxProperties);
        }

        return limits;
    }

    private static int? DistinctValues(SchemaModel? items) =>
        items switch
        {
            null => null,
            { Enum.Count: > 0 } => items.Enum.Count + (items.Nullable ? 1 : 0),
            { Types: ["boolean"] } => items.Nullable ? 3 : 2,
            _ => null,
        };

    // The format of a number is a range as well (OpenAPI, "Data Types").
    private SchemaModel NumberFormat(SchemaModel schema)
    {
        var (least, most) = schema.Format switch
        {
            "int32" => (int.MinValue, (decimal)int.MaxValue),
            "int64" => (long.MinValue, (decimal)long.MaxValue),
            _ => (decimal.MinValue, decimal.MaxValue),
        };
        var (minimum, maximum) = (schema.Limits[LimitKeyword.Minimum], schema.Limits[LimitKeyword.Maximum]);
        if (!(Decimal(minimum?.Digits) > most) && !(Decimal(maximum?.Digits) < least))
        {
            return schema;
        }

        tell($"No number of the format {schema.Format} keeps the limits beside it; the format is left out.");
        return schema with { Format = null };
    }

    private SchemaModel AllowedValues(SchemaModel schema)
    {
        const int most = 1000;
        if (schema.Enum.Count is 0 or > most || schema.Enum.Any(value => Fits(schema, value)))
        {
            return schema;
        }

        tell(
            $"None of the allowed values {ImpossibleValues.Some(schema.Enum)} keeps the limits beside them; the limits are left out."
        );
        return schema with
        {
            Format = null,
            Pattern = null,
            Limits = schema.Limits.Without(
                LimitKeyword.Minimum,
                LimitKeyword.Maximum,
                LimitKeyword.MultipleOf,
                LimitKeyword.MinLength,
                LimitKeyword.MaxLength
            ),
        };
    }

    private static bool Fits(SchemaModel schema, JsonNode value) =>
        value.GetValueKind() switch
        {
            JsonValueKind.String => Fits(schema, value.GetValue<string>()),
            JsonValueKind.Number => IsBetween(value.ToJsonString(), schema.Limits),
            _ => true,
        };

    private static bool Fits(SchemaModel schema, string text)
    {
        var length = text.EnumerateRunes().Count();
        return !(length < schema.Limits.Count(LimitKeyword.MinLength))
            && !(length > schema.Limits.Count(LimitKeyword.MaxLength))
            && IsOfFormat(schema.Format, text)
            && SafePattern.MayMatch(schema.Pattern, text);
    }

    // As the server checks them, or looser.
    private static bool IsOfFormat(string? format, string text) =>
        format switch
        {
            "date" or "date-time" => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
            "uuid" => Guid.TryParse(text, out _),
            "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
            "email" => text.Contains('@', StringComparison.Ordinal),
            "ipv4" or "ipv6" => System.Net.IPAddress.TryParse(text, out _),
            _ => true,
        };

    private static bool IsBetween(string digits, SchemaLimits limits)
    {
        var (minimum, maximum) = (limits[LimitKeyword.Minimum], limits[LimitKeyword.Maximum]);
        var isBelow =
            Order(minimum?.Digits, digits) is { } low && (low > 0 || (low == 0 && minimum?.IsExclusive == true));
        var isAbove =
            Order(digits, maximum?.Digits) is { } high && (high > 0 || (high == 0 && maximum?.IsExclusive == true));
        return !isBelow && !isAbove && IsMultiple(digits, limits[LimitKeyword.MultipleOf]?.Digits);
    }

    private static bool IsMultiple(string digits, string? unit) =>
        Decimal(digits) is not { } value || Decimal(unit) is not { } divisor || value % divisor == 0;

    // RFC 3339 §5.6, RFC 9562 §4 and RFC 6991 §4 (dotted quad).
    private static (int Shortest, int Longest) LengthsOf(string? format) =>
        format switch
        {
            "date" => ("2026-01-01".Length, "2026-01-01".Length),
            "date-time" => ("2026-01-01T00:00:00Z".Length, int.MaxValue),
            "uuid" => (36, 36),
            "ipv4" => ("1.1.1.1".Length, "255.255.255.255".Length),
            _ => (0, int.MaxValue),
        };

    private static int? Order(string? left, string? right) =>
        Decimal(left) is { } one && Decimal(right) is { } other ? one.CompareTo(other) : null;

    private static decimal? Decimal(string? digits) =>
        decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
}
