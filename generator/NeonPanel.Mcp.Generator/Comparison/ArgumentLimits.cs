using System.Globalization;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Model;

namespace NeonPanel.Mcp.Generator.Comparison;

/// <summary>Limits of an argument: a tighter one refuses what was taken.</summary>
internal static class ArgumentLimits
{
    /// <summary>Takes class, kind, the words after the argument's name, both values, and the keyword.</summary>
    public delegate void Report(ChangeClass @class, string kind, string what, JsonNode? before, JsonNode? after, string keyword);

    public static void Compare(SchemaModel from, SchemaModel to, Report report)
    {
        Bound("minimum", from.Minimum, to.Minimum, from.ExclusiveMinimum, to.ExclusiveMinimum, isUpper: false);
        Bound("maximum", from.Maximum, to.Maximum, from.ExclusiveMaximum, to.ExclusiveMaximum, isUpper: true);
        Bound("minLength", Text(from.MinLength), Text(to.MinLength), false, false, isUpper: false);
        Bound("maxLength", Text(from.MaxLength), Text(to.MaxLength), false, false, isUpper: true);
        Bound("minItems", Text(from.MinItems), Text(to.MinItems), false, false, isUpper: false);
        Bound("maxItems", Text(from.MaxItems), Text(to.MaxItems), false, false, isUpper: true);
        Form("pattern", "limit", from.Pattern, to.Pattern);
        Form("multipleOf", "limit", from.MultipleOf, to.MultipleOf);
        Form("uniqueItems", "limit", from.UniqueItems ? "true" : null, to.UniqueItems ? "true" : null);
        Form("format", "format", Format(from), Format(to));

        void Bound(string keyword, string? before, string? after, bool wasExclusive, bool isExclusive, bool isUpper)
        {
            var order = Order(before, after, wasExclusive, isExclusive, isUpper);
            if (order != 0)
            {
                report(order > 0 ? ChangeClass.Breaking : ChangeClass.Additive, order > 0 ? "limit-tightened" : "limit-loosened",
                    $"has another {keyword}: {Words(before, wasExclusive)} before, {Words(after, isExclusive)} now.", Number(before), Number(after), keyword);
            }
        }

        // Whether one pattern takes all that another took cannot be told: another one counts as tighter.
        void Form(string keyword, string kind, string? before, string? after)
        {
            if (before != after)
            {
                report(after is null ? ChangeClass.Additive : ChangeClass.Breaking, kind + (after is null ? "-loosened" : "-tightened"),
                    after is null ? $"has no {keyword} any more." : $"must have the {keyword} {after} now.", before, after, keyword);
            }
        }
    }

    // How many bits a number has is no matter of JSON.
    private static string? Format(SchemaModel schema) => schema.Format is "int32" or "int64" or "float" or "double" ? null : schema.Format;

    /// <returns>Above zero when the limit is tighter now, below when it is looser.</returns>
    private static int Order(string? before, string? after, bool wasExclusive, bool isExclusive, bool isUpper)
    {
        if (before is null || after is null)
        {
            return (after is null ? 0 : 1) - (before is null ? 0 : 1);
        }

        var (first, second) = (decimal.Parse(before, NumberStyles.Float, CultureInfo.InvariantCulture), decimal.Parse(after, NumberStyles.Float, CultureInfo.InvariantCulture));
        return first == second ? isExclusive.CompareTo(wasExclusive) : (isUpper ? first.CompareTo(second) : second.CompareTo(first));
    }

    private static string? Text(int? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static string Words(string? value, bool isExclusive) => value is null ? "none" : isExclusive ? value + " itself excluded" : value;

    private static JsonNode? Number(string? digits) => digits is null ? null : JsonNode.Parse(digits);
}
