using System.Text;
using System.Text.Json;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Arguments;

/// <summary>Checks a value against the compiled schema (rule D1) and reports all violations at once. Each names the
/// argument, the kind of value found, the expected value, and a valid example. A message never repeats a string that
/// the caller sent.</summary>
internal static class ArgumentValidator
{
    private const int MostNames = 30;

    /// <returns>One sentence for each violation.</returns>
    public static IReadOnlyList<string> Check(ValueShape shape, JsonElement arguments, PatternTime? patterns = null)
    {
        var violations = new ViolationList(patterns: patterns);
        Check(shape, arguments, violations);
        return violations.ToSentences();
    }

    public static bool IsValid(ValueShape shape, JsonElement value, PatternTime? patterns = null)
    {
        var violations = new ViolationList(most: 0, patterns);
        Check(shape, value, violations);
        return violations.IsEmpty;
    }

    private static void Check(ValueShape shape, JsonElement value, ViolationList violations)
    {
        if (shape.Alternatives.Count > 0 && FitsAlternative(shape, value, violations.Patterns))
        {
            return;
        }

        if (!IsOfKind(shape.Kinds, value))
        {
            var where =
                shape.Source is { } list && value.ValueKind == JsonValueKind.String ? $" {list} finds the value." : "";
            violations.Add(
                $"must be {ShapeText.Kinds(shape.Kinds)}, but is {ShapeText.Found(value)}{ShapeText.Example(shape)}.{where}"
            );
            return;
        }

        if (shape.Enum is { } allowed && !EnumValues.Of(allowed).Contains(value))
        {
            violations.Add($"must be one of {ShapeText.Values(allowed)}, but is another {ShapeText.Kind(value)}.");
            return;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                CheckObject(shape, value, violations);
                break;
            case JsonValueKind.Array:
                CheckArray(shape, value, violations);
                break;
            case JsonValueKind.String:
                CheckText(shape, value.GetString()!, violations);
                break;
            case JsonValueKind.Number:
                CheckNumber(shape, value, violations);
                break;
        }
    }

    // A separate method, because its lambda allocates at the start of the method that contains it: in Check, that would
    // be for each item of a list.
    private static bool FitsAlternative(ValueShape shape, JsonElement value, PatternTime patterns) =>
        shape.Alternatives.Any(form => IsValid(form, value, patterns));

    private static void CheckObject(ValueShape shape, JsonElement value, ViolationList violations)
    {
        if (ReferenceEquals(shape, ValueShape.Anything))
        {
            return;
        }

        var count = value.GetPropertyCount();
        if (count < shape.MinProperties || count > shape.MaxProperties)
        {
            violations.Add(
                $"must have {ShapeText.Range(shape.MinProperties, shape.MaxProperties)} members, but has {count}."
            );
        }

        foreach (var name in shape.Required)
        {
            if (!value.TryGetProperty(name, out _))
            {
                var expected = shape.Properties.GetValueOrDefault(name, ValueShape.Anything);
                violations.Path.Enter(name);
                violations.Add(
                    $"is missing; it is required: {ShapeText.Kinds(expected.Kinds)}{ShapeText.Example(expected)}."
                );
                violations.Path.Leave();
            }
        }

        CheckMembers(shape, value, violations);
    }

    private static void CheckMembers(ValueShape shape, JsonElement value, ViolationList violations)
    {
        foreach (var member in value.EnumerateObject())
        {
            if (violations.IsDone)
            {
                return;
            }

            var name = member.Name;
            violations.Path.Enter(name);
            if ((shape.Properties.GetValueOrDefault(name) ?? shape.AdditionalProperties) is { } known)
            {
                Check(known, member.Value, violations);
            }
            else
            {
                violations.Add($"is unknown. {Known(shape, name)}");
            }

            violations.Path.Leave();
        }
    }

    private static string Known(ValueShape shape, string name)
    {
        if (NearestName.Find(name, shape.Properties.Keys) is { } nearest)
        {
            return $"Did you mean '{nearest}'?";
        }

        if (shape.Properties.Count == 0)
        {
            return "There are none.";
        }

        return $"Known: {ShapeText.Some(shape.Properties.Keys, MostNames)}.";
    }

    private static void CheckArray(ValueShape shape, JsonElement value, ViolationList violations)
    {
        var count = value.GetArrayLength();
        if (count < shape.MinItems || count > shape.MaxItems)
        {
            violations.Add($"must have {ShapeText.Range(shape.MinItems, shape.MaxItems)} items, but has {count}.");
        }

        if (shape.UniqueItems || shape.Items is not null)
        {
            CheckItems(shape, value, violations);
        }
    }

    private static void CheckItems(ValueShape shape, JsonElement value, ViolationList violations)
    {
        var seen = shape.UniqueItems ? new HashSet<string>(StringComparer.Ordinal) : null;
        var canonical = new StringBuilder();
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (violations.IsDone)
            {
                return;
            }

            violations.Path.Enter(index++);
            if (seen?.Add(CanonicalJson.Of(item, canonical)) == false)
            {
                violations.Add($"must differ from the items before it, but equals one of them.");
            }

            if (shape.Items is { } items)
            {
                Check(items, item, violations);
            }

            violations.Path.Leave();
        }
    }

    private static void CheckText(ValueShape shape, string text, ViolationList violations)
    {
        if (shape.MinLength > 0 || shape.MaxLength < int.MaxValue)
        {
            // JSON Schema counts code points, not UTF-16 units.
            var length = text.EnumerateRunes().Count();
            if (length < shape.MinLength || length > shape.MaxLength)
            {
                violations.Add(
                    $"must have {ShapeText.Range(shape.MinLength, shape.MaxLength)} characters, but has {length}."
                );
            }
        }

        if (!TextFormat.Fits(shape.Format, text))
        {
            violations.Add(
                $"must be {TextFormat.Of(shape.Format)?.Expected}, but is other text{ShapeText.Example(shape)}."
            );
        }

        if (shape.Expression is { } expression && TextPattern.IsMatch(expression, text, violations.Patterns) == false)
        {
            violations.Add($"must match the pattern {ShapeText.Short(shape.Pattern ?? expression)}, but does not.");
        }
    }

    private static void CheckNumber(ValueShape shape, JsonElement value, ViolationList violations)
    {
        var limits = NumberLimits.Of(shape);
        if (limits.IsNone || limits.IsSurelyWithin(value))
        {
            return;
        }

        var number = ExactNumber.Of(value);
        if (!limits.IsInRange(number))
        {
            violations.Add($"must be {ShapeText.Limits(shape)}, but is {ShapeText.Found(value)}.");
        }
        else if (!limits.IsInFormat(number))
        {
            violations.Add(
                $"must be between {limits.FormatMinimum} and {limits.FormatMaximum}, but is {ShapeText.Found(value)}."
            );
        }

        if (!limits.IsMultiple(number))
        {
            violations.Add($"must be a multiple of {shape.MultipleOf}, but is {ShapeText.Found(value)}.");
        }
    }

    private static bool IsOfKind(ValueKinds kinds, JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Null => (kinds & ValueKinds.Null) != 0,
            JsonValueKind.True or JsonValueKind.False => (kinds & ValueKinds.Boolean) != 0,
            JsonValueKind.String => (kinds & ValueKinds.String) != 0,
            JsonValueKind.Array => (kinds & ValueKinds.Array) != 0,
            JsonValueKind.Object => (kinds & ValueKinds.Object) != 0,
            // JSON Schema also accepts 3.0 as an integer.
            _ => (kinds & ValueKinds.Number) != 0 || ((kinds & ValueKinds.Integer) != 0 && ExactNumber.IsWhole(value)),
        };
}
