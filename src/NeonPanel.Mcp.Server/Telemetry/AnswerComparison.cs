using System.Text.Json;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Telemetry;

/// <summary>Compares a response of the API with the shape that its tool declares. Null and missing members are no
/// difference, because the API may omit any member. Null is one where the type of the member is proven.</summary>
internal sealed class AnswerComparison
{
    /// <summary>Most items of one list to compare. Further items usually have the same shape.</summary>
    private const int MaxItems = 50;

    /// <summary>Most values of one response to compare.</summary>
    private const int MaxValues = 5000;

    private static readonly (ValueKinds Kind, string Word)[] Names =
    [
        (ValueKinds.String, "string"),
        (ValueKinds.Integer, "integer"),
        (ValueKinds.Number, "number"),
        (ValueKinds.Boolean, "boolean"),
        (ValueKinds.Object, "object"),
        (ValueKinds.Array, "array"),
        (ValueKinds.Null, "null"),
    ];

    private readonly HashSet<Drift> found = [];
    private int values;

    private AnswerComparison() { }

    /// <summary>Finds the places where a response differs from the shape. Each place is listed once.</summary>
    /// <param name="shape">The shape that the tool declares.</param>
    /// <param name="answer">The response of the API. Pointers are relative to the tool's structured content.</param>
    public static IReadOnlyCollection<Drift> Compare(AnswerShape shape, JsonElement answer)
    {
        var comparison = new AnswerComparison();
        if (answer.ValueKind is JsonValueKind.Object)
        {
            comparison.Value(shape, answer, "");
        }
        else
        {
            comparison.Member(shape, answer.ValueKind is JsonValueKind.Array ? "items" : "value", answer, "");
        }

        return comparison.found;
    }

    private void Value(AnswerShape shape, JsonElement value, string pointer)
    {
        if ((value.ValueKind is JsonValueKind.Null && !shape.IsProven) || ++values > MaxValues)
        {
            return;
        }

        var kind = KindOf(value);
        if (!Takes(shape.Kinds, kind))
        {
            found.Add(new(pointer, Words(shape.Kinds), Words(kind)));
        }
        else if (kind == ValueKinds.Object)
        {
            foreach (var member in value.EnumerateObject())
            {
                Member(shape, member.Name, member.Value, pointer);
            }
        }
        else if (kind == ValueKinds.Array && shape.Items is { } items)
        {
            foreach (var item in value.EnumerateArray().Take(MaxItems))
            {
                Value(items, item, pointer + "/*");
            }
        }
    }

    private void Member(AnswerShape shape, string name, JsonElement value, string pointer)
    {
        // A shape without members describes an open object: its member names are data.
        if (shape.Members.Count == 0)
        {
            return;
        }

        if (shape.Members.TryGetValue(name, out var described))
        {
            Value(described, value, $"{pointer}/{name}");
        }
        else if (IsName(name))
        {
            found.Add(new($"{pointer}/{name}", null, Words(KindOf(value))));
        }
    }

    // A name that looks like an id, an address or a sentence is data and must not be logged (rule F2). A name that
    // clients refuse in a schema never occurs in a shape (rule C2).
    private static bool IsName(string name) =>
        name is [>= 'A' and <= 'Z' or >= 'a' and <= 'z' or '_', ..]
        && name.Length <= 48
        && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-')
        && name.Count(char.IsAsciiDigit) <= 4;

    private static ValueKinds KindOf(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => ValueKinds.Object,
            JsonValueKind.Array => ValueKinds.Array,
            JsonValueKind.String => ValueKinds.String,
            JsonValueKind.True or JsonValueKind.False => ValueKinds.Boolean,
            JsonValueKind.Null => ValueKinds.Null,
            // JSON Schema also accepts 3.0 as an integer.
            _ => value.TryGetDecimal(out var number) && number == decimal.Truncate(number)
                ? ValueKinds.Integer
                : ValueKinds.Number,
        };

    private static bool Takes(ValueKinds declared, ValueKinds kind) =>
        (declared & kind) != 0 || (kind == ValueKinds.Integer && (declared & ValueKinds.Number) != 0);

    /// <summary>Writes kinds as words, such as <c>integer or null</c>.</summary>
    public static string Words(ValueKinds kinds) =>
        string.Join(" or ", Names.Where(name => (kinds & name.Kind) != 0).Select(name => name.Word));
}

/// <summary>A place where responses differ from the shape.</summary>
/// <param name="Pointer">JSON Pointer of the place, with <c>*</c> for the items of a list.</param>
/// <param name="Declared">The kinds that the shape declares, or <see langword="null"/> if the shape has no such
/// member.</param>
/// <param name="Found">The kind of the value in the response.</param>
internal sealed record Drift(string Pointer, string? Declared, string Found);
