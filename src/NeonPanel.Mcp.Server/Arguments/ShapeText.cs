using System.Text.Json;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Arguments;

/// <summary>Describes a shape, or a value that does not fit it, as parts of sentences.</summary>
internal static class ShapeText
{
    private const int MostValues = 30;
    private const int LongestValue = 60;
    private const int LongestNumber = 30;

    private static readonly (ValueKinds Kind, string Name)[] Names =
    [
        (ValueKinds.Object, "an object"),
        (ValueKinds.Array, "an array"),
        (ValueKinds.String, "a string"),
        (ValueKinds.Number, "a number"),
        (ValueKinds.Integer, "a whole number"),
        (ValueKinds.Boolean, "true or false"),
        (ValueKinds.Null, "null"),
    ];

    public static string Kinds(ValueKinds kinds) =>
        kinds == ValueKinds.Any
            ? "any value"
            : string.Join(" or ", Names.Where(pair => kinds.HasFlag(pair.Kind)).Select(pair => pair.Name));

    /// <summary>Describes a value by its kind. A number is shown as written, because it contains no secret and explains
    /// the mistake.</summary>
    public static string Found(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number && value.GetRawText() is var digits)
        {
            if (digits.Length <= LongestNumber)
            {
                return digits;
            }

            return $"a number of {digits.Length} characters";
        }

        if (value.ValueKind == JsonValueKind.Null)
        {
            return "null";
        }

        if (value.ValueKind is JsonValueKind.Array or JsonValueKind.Object)
        {
            return "an " + Kind(value);
        }

        return "a " + Kind(value);
    }

    public static string Kind(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.True or JsonValueKind.False => "boolean",
            JsonValueKind.String => "string",
            JsonValueKind.Array => "array",
            JsonValueKind.Object => "object",
            JsonValueKind.Number => "number",
            _ => "value",
        };

    public static string Range(int minimum, int maximum)
    {
        if (maximum == int.MaxValue)
        {
            return $"at least {minimum}";
        }

        if (minimum == maximum)
        {
            return $"exactly {minimum}";
        }

        if (minimum == 0)
        {
            return $"at most {maximum}";
        }

        return $"{minimum} to {maximum}";
    }

    public static string Limits(ValueShape shape) =>
        shape switch
        {
            { Minimum: { } minimum, Maximum: { } maximum, ExclusiveMinimum: false, ExclusiveMaximum: false } =>
                $"between {minimum} and {maximum}",
            { Minimum: not null, Maximum: not null } => $"{Least(shape)} and {Most(shape)}",
            { Minimum: not null } => Least(shape),
            _ => Most(shape),
        };

    public static string Values(IReadOnlyList<string> values) =>
        Some(values.Where(value => value != "null"), MostValues);

    /// <summary>Lists the first values.</summary>
    public static string Some(IEnumerable<string> values, int most)
    {
        var all = values.ToList();
        return string.Join(", ", all.Take(most).Select(Short)) + (all.Count > most ? $", … ({all.Count} in all)" : "");
    }

    public static string Short(string text) => text.Length > LongestValue ? text[..LongestValue] + "…" : text;

    /// <summary>Returns <c>; for example 10</c>, or the empty string if no valid value is known.</summary>
    public static string Example(ValueShape shape) => ValueOf(shape) is { } example ? $"; for example {example}" : "";

    private static string? ValueOf(ValueShape shape) =>
        Candidates(shape).FirstOrDefault(candidate => Does(shape, candidate));

    private static IEnumerable<string> Candidates(ValueShape shape) =>
        shape switch
        {
            { Enum: { } values } => values.Where(value => value != "null" && value.Length <= LongestValue),
            _ when (shape.Kinds & ValueKinds.String) != 0 => TextFormat.Of(shape.Format) is { } format
                ? [format.Example]
                : [],
            _ when (shape.Kinds & (ValueKinds.Number | ValueKinds.Integer)) != 0 => new[]
            {
                "1",
                "0",
                shape.Minimum,
                shape.Maximum,
                shape.MultipleOf,
            }.OfType<string>(),
            _ when (shape.Kinds & ValueKinds.Array) != 0 && shape.Items is { } items && ValueOf(items) is { } item =>
            [
                $"[{item}]",
            ],
            { Kinds: ValueKinds.Boolean } => ["true"],
            _ => [],
        };

    private static bool Does(ValueShape shape, string candidate)
    {
        using var document = JsonDocument.Parse(candidate);
        return ArgumentValidator.IsValid(shape, document.RootElement);
    }

    private static string Least(ValueShape shape) => (shape.ExclusiveMinimum ? "above " : "at least ") + shape.Minimum;

    private static string Most(ValueShape shape) => (shape.ExclusiveMaximum ? "below " : "at most ") + shape.Maximum;
}
