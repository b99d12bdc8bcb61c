using System.Text.Json;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Telemetry;

/// <summary>Compares an answer with the shape that its tool declares. Null and missing members are fine, because the
/// API leaves them out at will.</summary>
internal sealed class AnswerComparison
{
    /// <summary>Items of one list that are looked at; the rest is of the same make.</summary>
    private const int MaxItems = 50;

    /// <summary>Values of one answer that are looked at.</summary>
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

    /// <summary>Finds where an answer differs, each place once.</summary>
    /// <param name="shape">The shape that the tool declares.</param>
    /// <param name="answer">What the API sent; pointers are those of the object that it is handed over as.</param>
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
        if (value.ValueKind is JsonValueKind.Null || ++values > MaxValues)
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
        // An object of which no member is described is open: its names are data.
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

    // A key that is an id, an address or a sentence is data, which is not told (rule F2); one that clients refuse in a
    // schema is in none (rule C2).
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
            // As JSON Schema has it, 3.0 is an integer.
            _ => value.TryGetDecimal(out var number) && number == decimal.Truncate(number)
                ? ValueKinds.Integer
                : ValueKinds.Number,
        };

    private static bool Takes(ValueKinds declared, ValueKinds kind) =>
        (declared & kind) != 0 || (kind == ValueKinds.Integer && (declared & ValueKinds.Number) != 0);

    private static string Words(ValueKinds kinds) =>
        string.Join(" or ", Names.Where(name => (kinds & name.Kind) != 0).Select(name => name.Word));
}

/// <summary>One place where answers differ from their schema.</summary>
/// <param name="Pointer">Where, with <c>*</c> for the items of a list.</param>
/// <param name="Declared">The kinds that the shape declares, or <see langword="null"/> where it has no such
/// member.</param>
/// <param name="Found">The kind that came.</param>
internal sealed record Drift(string Pointer, string? Declared, string Found);
