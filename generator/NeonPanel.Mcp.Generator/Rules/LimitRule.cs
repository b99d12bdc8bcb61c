using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Rules;

/// <summary>Checks one value of a document against the limits of its schema. A limit that cannot be checked with
/// decimal arithmetic counts as satisfied.</summary>
internal static class LimitRule
{
    /// <returns>The end of a sentence that says which limit the value violates; <see langword="null"/> if it violates
    /// none.</returns>
    public static string? WhyNot(JsonNode value, SchemaLimits limits)
    {
        foreach (var keyword in LimitKeyword.All)
        {
            if (limits[keyword] is { } limit && WhyNot(value, keyword, limit) is { } reason)
            {
                return reason;
            }
        }

        return null;
    }

    private static string? WhyNot(JsonNode value, LimitKeyword keyword, Bound limit)
    {
        if (keyword.IsCount)
        {
            return Count(value, keyword) is { } count ? Count(count.Number, count.Unit, keyword, limit) : null;
        }

        if (keyword.Kind == LimitKind.Flag)
        {
            return value is JsonArray list && HasRepetition(list)
                ? "holds an item twice, though its items must be unique"
                : null;
        }

        return value.GetValueKind() == JsonValueKind.Number ? Number(value.ToJsonString(), keyword, limit) : null;
    }

    private static string? Count(int number, string unit, LimitKeyword keyword, Bound limit)
    {
        var order = number.CompareTo(int.Parse(limit.Digits, NumberStyles.None, CultureInfo.InvariantCulture));
        return keyword.Kind switch
        {
            LimitKind.Lower when order < 0 => $"has {number} {unit}, fewer than {limit.Digits}",
            LimitKind.Upper when order > 0 => $"has {number} {unit}, more than {limit.Digits}",
            _ => null,
        };
    }

    private static string? Number(string digits, LimitKeyword keyword, Bound limit)
    {
        if (keyword.Kind == LimitKind.Multiple)
        {
            return IsMultiple(digits, limit.Digits) ? null : $"is not a multiple of {limit.Digits}";
        }

        var order = SchemaBounds.Compare(digits, limit.Digits);
        var isBroken = order == 0 ? limit.IsExclusive : order > 0 == (keyword.Kind == LimitKind.Upper);
        var side = keyword.Kind == LimitKind.Upper ? "above" : "below";
        return isBroken ? $"is {side} its {keyword.Name} {limit.Digits}" : null;
    }

    // The end of the keyword's name says what it counts. Values of another kind satisfy the limit (JSON Schema
    // Validation 2020-12 §6).
    private static (int Number, string Unit)? Count(JsonNode value, LimitKeyword keyword) =>
        (keyword.Name[3..], value) switch
        {
            ("Length", JsonValue text) when text.GetValueKind() == JsonValueKind.String => (
                text.ToString().EnumerateRunes().Count(),
                "characters"
            ),
            ("Items", JsonArray list) => (list.Count, "items"),
            ("Properties", JsonObject map) => (map.Count, "members"),
            _ => null,
        };

    private static bool HasRepetition(JsonArray list) =>
        list.Where((item, index) => list.Take(index).Any(earlier => JsonNode.DeepEquals(earlier, item))).Any();

    private static bool IsMultiple(string digits, string factor)
    {
        var areExact =
            decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            & decimal.TryParse(factor, NumberStyles.Float, CultureInfo.InvariantCulture, out var divisor);
        return !areExact || divisor <= 0 || number % divisor == 0;
    }
}
