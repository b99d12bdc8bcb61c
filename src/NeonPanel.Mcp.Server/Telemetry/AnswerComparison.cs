using System.Text.Json;

namespace NeonPanel.Mcp.Server.Telemetry;

/// <summary>An answer against the output schema of its tool, in which the kind of a value stands in its description
/// (docs/decisions/0004). Null and missing members are fine: the API is free with them.</summary>
internal sealed class AnswerComparison
{
    /// <summary>Items of one list that are looked at; the rest is of the same make.</summary>
    private const int MaxItems = 50;

    /// <summary>Values of one answer that are looked at.</summary>
    private const int MaxValues = 5000;

    private readonly HashSet<Drift> found = [];
    private int values;

    private AnswerComparison()
    {
    }

    /// <summary>Finds where an answer differs, each place once.</summary>
    /// <param name="schema">The tool's output schema.</param>
    /// <param name="answer">What the API sent; pointers are those of the object that it is handed over as.</param>
    public static IReadOnlyCollection<Drift> Compare(JsonElement schema, JsonElement answer)
    {
        var comparison = new AnswerComparison();
        if (answer.ValueKind is JsonValueKind.Object)
        {
            comparison.Value(schema, answer, "");
        }
        else
        {
            comparison.Member(schema, answer.ValueKind is JsonValueKind.Array ? "items" : "value", answer, "");
        }

        return comparison.found;
    }

    private void Value(JsonElement schema, JsonElement value, string pointer)
    {
        if (value.ValueKind is JsonValueKind.Null || ++values > MaxValues)
        {
            return;
        }

        var declared = DeclaredKinds(schema);
        var kind = KindOf(value);
        if (!Fits(declared, kind))
        {
            found.Add(new(pointer, declared, kind));
        }
        else if (kind == "object")
        {
            foreach (var member in value.EnumerateObject())
            {
                Member(schema, member.Name, member.Value, pointer);
            }
        }
        else if (kind == "array" && schema.TryGetProperty("items", out var items))
        {
            foreach (var item in value.EnumerateArray().Take(MaxItems))
            {
                Value(items, item, pointer + "/*");
            }
        }
    }

    private void Member(JsonElement schema, string name, JsonElement value, string pointer)
    {
        // An object of which no member is described is open: its names are data.
        if (!schema.TryGetProperty("properties", out var properties) || !properties.EnumerateObject().Any())
        {
            return;
        }

        if (properties.TryGetProperty(name, out var described))
        {
            Value(described, value, $"{pointer}/{name}");
        }
        else if (IsName(name))
        {
            found.Add(new($"{pointer}/{name}", null, KindOf(value)));
        }
    }

    // A key that is an id, an address or a sentence is data, which is not told (rule F2); one that clients refuse in a schema is
    // in none (rule C2).
    private static bool IsName(string name) => name is [>= 'A' and <= 'Z' or >= 'a' and <= 'z' or '_', ..] && name.Length <= 48
        && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-') && name.Count(char.IsAsciiDigit) <= 4;

    private static string DeclaredKinds(JsonElement schema) =>
        schema.TryGetProperty("items", out _) ? "array"
        : schema.TryGetProperty("properties", out _) ? "object"
        : schema.TryGetProperty("description", out var text) ? text.GetString() switch
        {
            "date" or "date-time" => "string",
            "any value" => "any",
            { } words when words.Split(" or ").All(word => word is "array" or "object" or "string" or "number" or "integer" or "boolean") => words,
            _ => "scalar", // the allowed values themselves
        }
        : "any";

    private static bool Fits(string declared, string kind) => declared switch
    {
        "any" => true,
        "scalar" => kind is not ("object" or "array"),
        _ => declared.Split(" or ").Any(word => word == kind || (word == "number" && kind == "integer")),
    };

    private static string KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Null => "null",
        // As JSON Schema has it, 3.0 is an integer.
        _ => value.TryGetDecimal(out var number) && number == decimal.Truncate(number) ? "integer" : "number",
    };
}

/// <summary>One place where answers differ from their schema.</summary>
/// <param name="Pointer">Where, with <c>*</c> for the items of a list.</param>
/// <param name="Declared">The kinds that the schema has, or <see langword="null"/> where it has no such member.</param>
/// <param name="Found">The kind that came.</param>
internal sealed record Drift(string Pointer, string? Declared, string Found);
