using System.Collections.Concurrent;
using System.Text.Json;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>Checks a value against the compiled schema (rule D1), all violations at once: the argument, what was found in kind,
/// what is expected, a value that would do. The value of a text is never told.</summary>
internal static class ArgumentValidator
{
    private const int MostNames = 30;

    // As many as the catalog has.
    private static readonly ConcurrentDictionary<IReadOnlyList<string>, HashSet<string>> Allowed = new(ReferenceEqualityComparer.Instance);

    /// <returns>One sentence a violation.</returns>
    public static IReadOnlyList<string> Check(ValueShape shape, JsonElement arguments)
    {
        var violations = new ViolationList();
        Check(shape, arguments, violations);
        return violations.ToSentences();
    }

    public static bool IsValid(ValueShape shape, JsonElement value)
    {
        var violations = new ViolationList(most: 0);
        Check(shape, value, violations);
        return violations.IsEmpty;
    }

    private static void Check(ValueShape shape, JsonElement value, ViolationList violations)
    {
        if (violations.IsDone)
        {
            return;
        }

        if ((shape.Kinds & KindOf(value)) == 0)
        {
            violations.Add($"must be {ShapeText.Kinds(shape.Kinds)}, but is {ShapeText.Found(value)}{ShapeText.Example(shape)}.");
            return;
        }

        if (shape.Enum is { } allowed && !Values(allowed).Contains(CanonicalJson.Of(value)))
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

    private static void CheckObject(ValueShape shape, JsonElement value, ViolationList violations)
    {
        if (ReferenceEquals(shape, ValueShape.Anything))
        {
            return;
        }

        var count = value.GetPropertyCount();
        if (count < shape.MinProperties || count > shape.MaxProperties)
        {
            violations.Add($"must have {ShapeText.Range(shape.MinProperties, shape.MaxProperties)} members, but has {count}.");
        }

        foreach (var name in shape.Required)
        {
            if (!value.TryGetProperty(name, out _))
            {
                var expected = shape.Properties.GetValueOrDefault(name, ValueShape.Anything);
                violations.Path.Enter(name);
                violations.Add($"is missing; it is required: {ShapeText.Kinds(expected.Kinds)}{ShapeText.Example(expected)}.");
                violations.Path.Leave();
            }
        }

        foreach (var member in value.EnumerateObject())
        {
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

    private static string Known(ValueShape shape, string name) => NearestName.Find(name, shape.Properties.Keys) is { } nearest
        ? $"Did you mean '{nearest}'?"
        : shape.Properties.Count == 0 ? "There are none." : $"Known: {ShapeText.Some(shape.Properties.Keys, MostNames)}.";

    private static void CheckArray(ValueShape shape, JsonElement value, ViolationList violations)
    {
        var count = value.GetArrayLength();
        if (count < shape.MinItems || count > shape.MaxItems)
        {
            violations.Add($"must have {ShapeText.Range(shape.MinItems, shape.MaxItems)} items, but has {count}.");
        }

        var seen = shape.UniqueItems ? new HashSet<string>(StringComparer.Ordinal) : null;
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            violations.Path.Enter(index++);
            if (seen?.Add(CanonicalJson.Of(item)) == false)
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
            // JSON Schema counts code points.
            var length = text.EnumerateRunes().Count();
            if (length < shape.MinLength || length > shape.MaxLength)
            {
                violations.Add($"must have {ShapeText.Range(shape.MinLength, shape.MaxLength)} characters, but has {length}.");
            }
        }

        if (!TextFormat.Fits(shape.Format, text))
        {
            violations.Add($"must be {TextFormat.Of(shape.Format)?.Expected}, but is other text{ShapeText.Example(shape)}.");
        }

        if (shape.Expression is { } expression && !violations.IsPatternSlow)
        {
            var isMatch = TextPattern.IsMatch(expression, text);
            violations.IsPatternSlow = isMatch is null;
            if (isMatch == false)
            {
                violations.Add($"must match the pattern {ShapeText.Short(shape.Pattern ?? expression)}, but does not.");
            }
        }
    }

    private static void CheckNumber(ValueShape shape, JsonElement value, ViolationList violations)
    {
        var (least, most) = shape.Format switch
        {
            "int32" => ("-2147483648", "2147483647"),
            "int64" => ("-9223372036854775808", "9223372036854775807"),
            _ => ((string?)null, (string?)null),
        };
        if (least is null && shape is { Minimum: null, Maximum: null, MultipleOf: null })
        {
            return;
        }

        var number = ExactNumber.Of(value);
        if ((shape.Minimum is { } minimum && number.CompareTo(ExactNumber.Parse(minimum)) < (shape.ExclusiveMinimum ? 1 : 0))
            || (shape.Maximum is { } maximum && number.CompareTo(ExactNumber.Parse(maximum)) > (shape.ExclusiveMaximum ? -1 : 0)))
        {
            violations.Add($"must be {ShapeText.Limits(shape)}, but is {ShapeText.Found(value)}.");
        }
        else if (least is not null && (number.CompareTo(ExactNumber.Parse(least)) < 0 || number.CompareTo(ExactNumber.Parse(most!)) > 0))
        {
            violations.Add($"must be between {least} and {most}, but is {ShapeText.Found(value)}.");
        }

        if (shape.MultipleOf is { } unit && !number.IsMultipleOf(ExactNumber.Parse(unit)))
        {
            violations.Add($"must be a multiple of {unit}, but is {ShapeText.Found(value)}.");
        }
    }

    private static HashSet<string> Values(IReadOnlyList<string> texts) => Allowed.GetOrAdd(texts, static list => [.. list.Select(text =>
    {
        using var document = JsonDocument.Parse(text);
        return CanonicalJson.Of(document.RootElement);
    })]);

    private static ValueKinds KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => ValueKinds.Null,
        JsonValueKind.True or JsonValueKind.False => ValueKinds.Boolean,
        JsonValueKind.String => ValueKinds.String,
        JsonValueKind.Array => ValueKinds.Array,
        JsonValueKind.Object => ValueKinds.Object,
        // JSON Schema: 3.0 is an integer too.
        _ => ExactNumber.Of(value).IsWhole ? ValueKinds.Number | ValueKinds.Integer : ValueKinds.Number,
    };
}
