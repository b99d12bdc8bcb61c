using System.Globalization;
using System.Text.Json;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>Checks arguments against the compiled schema before anything is sent (rule D1): all violations at once.</summary>
internal static class ArgumentValidator
{
    private const int MaxViolations = 20;

    /// <returns>One sentence a violation: the argument, what was found in kind, what is expected.</returns>
    public static IReadOnlyList<string> Check(ValueShape shape, JsonElement arguments)
    {
        var violations = new List<string>();
        Check(shape, arguments, "", violations);
        return violations;
    }

    private static void Check(ValueShape shape, JsonElement value, string path, List<string> violations)
    {
        if (violations.Count >= MaxViolations)
        {
            return;
        }

        var kind = KindOf(value);
        if ((shape.Kinds & kind) == 0)
        {
            violations.Add($"{Subject(path)} must be {Expected(shape.Kinds)}, but is {Name(value)}.");
            return;
        }

        if (shape.Enum is { } allowed && !allowed.Any(text => IsEqual(text, value)))
        {
            violations.Add($"{Subject(path)} must be one of {string.Join(", ", allowed.Where(text => text != "null"))}.");
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                CheckObject(shape, value, path, violations);
                break;
            case JsonValueKind.Array:
                CheckArray(shape, value, path, violations);
                break;
            case JsonValueKind.String:
                CheckText(shape, value, path, violations);
                break;
            case JsonValueKind.Number:
                CheckNumber(shape, value, path, violations);
                break;
        }
    }

    private static void CheckObject(ValueShape shape, JsonElement value, string path, List<string> violations)
    {
        foreach (var name in shape.Required.Where(name => !value.TryGetProperty(name, out _)))
        {
            violations.Add($"{Subject(Join(path, name))} is missing; it is required.");
        }

        foreach (var member in value.EnumerateObject())
        {
            if (shape.Properties.TryGetValue(member.Name, out var known))
            {
                Check(known, member.Value, Join(path, member.Name), violations);
            }
            else if (shape.AdditionalProperties is { } additional)
            {
                Check(additional, member.Value, Join(path, member.Name), violations);
            }
            else if (violations.Count < MaxViolations && !ReferenceEquals(shape, ValueShape.Anything))
            {
                var nearest = NearestName.Find(member.Name, shape.Properties.Keys);
                violations.Add($"{Subject(Join(path, member.Name))} is unknown. " +
                    (nearest is null ? "Known: " + string.Join(", ", shape.Properties.Keys) + "." : $"Did you mean '{nearest}'?"));
            }
        }
    }

    private static void CheckArray(ValueShape shape, JsonElement value, string path, List<string> violations)
    {
        var count = value.GetArrayLength();
        if (count < shape.MinItems || count > shape.MaxItems)
        {
            violations.Add($"{Subject(path)} must have {Range(shape.MinItems, shape.MaxItems)} items, but has {count}.");
        }

        if (shape.Items is { } items)
        {
            var index = 0;
            foreach (var item in value.EnumerateArray())
            {
                Check(items, item, $"{path}[{index++}]", violations);
            }
        }
    }

    private static void CheckText(ValueShape shape, JsonElement value, string path, List<string> violations)
    {
        string text;
        try
        {
            text = value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            violations.Add($"{Subject(path)} holds half of a surrogate pair, which is no text.");
            return;
        }

        var length = text.EnumerateRunes().Count();
        if (length < shape.MinLength || length > shape.MaxLength)
        {
            violations.Add($"{Subject(path)} must have {Range(shape.MinLength, shape.MaxLength)} characters, but has {length}.");
        }

        var hasForm = shape.Format switch
        {
            // Many a client sends a whole timestamp for a day, and the API's own examples do.
            "date" => text.Length >= 10 && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            "uuid" => Guid.TryParseExact(text, "D", out _),
            _ => true,
        };
        if (!hasForm)
        {
            violations.Add($"{Subject(path)} must be a {(shape.Format == "date" ? "date, YYYY-MM-DD" : "UUID")}.");
        }
    }

    private static void CheckNumber(ValueShape shape, JsonElement value, string path, List<string> violations)
    {
        if (!value.TryGetDecimal(out var number))
        {
            return; // beyond decimal: the API decides
        }

        if (shape.Minimum is { } minimum && (shape.ExclusiveMinimum ? number <= Digits(minimum) : number < Digits(minimum)))
        {
            violations.Add($"{Subject(path)} must be {(shape.ExclusiveMinimum ? "above" : "at least")} {minimum}, but is {value.GetRawText()}.");
        }

        if (shape.Maximum is { } maximum && (shape.ExclusiveMaximum ? number >= Digits(maximum) : number > Digits(maximum)))
        {
            violations.Add($"{Subject(path)} must be {(shape.ExclusiveMaximum ? "below" : "at most")} {maximum}, but is {value.GetRawText()}.");
        }
    }

    private static decimal Digits(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static bool IsEqual(string text, JsonElement value) => value.ValueKind == JsonValueKind.String
        ? text.Length > 1 && text[0] == '"' && JsonDocument.Parse(text).RootElement.GetString() == value.GetString()
        : text == value.GetRawText();

    private static ValueKinds KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => ValueKinds.Null,
        JsonValueKind.True or JsonValueKind.False => ValueKinds.Boolean,
        JsonValueKind.String => ValueKinds.String,
        JsonValueKind.Array => ValueKinds.Array,
        JsonValueKind.Object => ValueKinds.Object,
        // JSON Schema: 3.0 is an integer too.
        _ => value.TryGetDecimal(out var number) && number != decimal.Truncate(number)
            ? ValueKinds.Number
            : ValueKinds.Number | ValueKinds.Integer,
    };

    private static string Name(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "null",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        JsonValueKind.String => "a string",
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        _ => "a number",
    };

    private static string Expected(ValueKinds kinds) => string.Join(" or ", new (ValueKinds Kind, string Name)[]
    {
        (ValueKinds.Object, "an object"), (ValueKinds.Array, "an array"), (ValueKinds.String, "a string"),
        (ValueKinds.Integer, "a whole number"), (ValueKinds.Number, "a number"), (ValueKinds.Boolean, "true or false"),
        (ValueKinds.Null, "null"),
    }.Where(pair => kinds.HasFlag(pair.Kind)).Select(pair => pair.Name));

    private static string Range(int minimum, int maximum) => maximum == int.MaxValue ? $"at least {minimum}"
        : minimum == maximum ? $"exactly {minimum}" : $"{minimum} to {maximum}";

    private static string Subject(string path) => path.Length == 0 ? "The arguments" : $"Argument '{path}'";

    private static string Join(string path, string name) => path.Length == 0 ? name : path + "." + name;
}
