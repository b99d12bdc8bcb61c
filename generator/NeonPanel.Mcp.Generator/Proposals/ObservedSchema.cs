using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Proposals;

/// <summary>Writes schemas that accept the observed kinds of values, in the syntax of the document's version.</summary>
/// <param name="isEarly">Whether the document is OpenAPI 3.0, which has <c>nullable</c> but no lists of types.</param>
internal sealed class ObservedSchema(bool isEarly)
{
    private static readonly string[] Narrowing =
    [
        "$ref",
        "enum",
        "const",
        "properties",
        "items",
        "allOf",
        "oneOf",
        "anyOf",
    ];

    public static ObservedSchema For(SpecificationDocument document) =>
        new(document.Root.Text("openapi")?.StartsWith("3.0", StringComparison.Ordinal) ?? false);

    /// <summary>Returns a new schema for the kinds.</summary>
    /// <param name="kinds">The kinds; may contain <c>null</c>, and <see cref="ObservedFit.Any"/> for all kinds.</param>
    /// <param name="description">The text of the schema that is replaced, or <see langword="null"/>.</param>
    public JsonObject Of(IEnumerable<string> kinds, string? description)
    {
        var all = kinds.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var types = Widest(all);
        var isNullable = all.Contains("null");
        // An output schema cannot express "a list or something else", so the schema then accepts everything.
        var isOpen =
            types.Count == 0 || types.Contains(ObservedFit.Any) || (types.Count > 1 && types.Contains("array"));
        var schema = new JsonObject();
        if (description is not null || isOpen)
        {
            schema["description"] = description ?? $"Observed: {string.Join(", ", all)}.";
        }

        if (isOpen)
        {
            return schema;
        }

        if (isEarly && types.Count > 1)
        {
            schema["anyOf"] = new JsonArray([.. types.Select(type => Typed(type, isNullable))]);
        }
        else if (isEarly)
        {
            Add(schema, Typed(types[0], isNullable));
        }
        else
        {
            List<string> list = isNullable ? [.. types, "null"] : types;
            schema["type"] = list is [var one] ? one : new JsonArray([.. list.Select(type => (JsonNode)type)]);
        }

        if (types is ["array"])
        {
            schema["items"] = new JsonObject();
        }

        return schema;
    }

    /// <summary>Returns an overlay update that widens an existing schema. An overlay appends to a list of types, and
    /// replaces a single type.</summary>
    /// <returns><see langword="null"/> if no update can widen the schema.</returns>
    public JsonObject? Update(JsonObject schema, IEnumerable<string> kinds)
    {
        var types = Widest(kinds);
        if (
            types.Contains("array")
            || types.Contains(ObservedFit.Any)
            || (isEarly && types.Count > 1)
            || Narrowing.Any(schema.ContainsKey)
            || schema.Text("format") is "date" or "date-time"
        )
        {
            return null;
        }

        return schema["type"] switch
        {
            JsonArray list => new()
            {
                ["type"] = new JsonArray([
                    .. types.Where(type => !list.Any(item => item?.ToString() == type)).Select(type => (JsonNode)type),
                ]),
            },
            JsonValue => new()
            {
                ["type"] = types is [var one] ? one : new JsonArray([.. types.Select(type => (JsonNode)type)]),
            },
            _ => null,
        };
    }

    private static List<string> Widest(IEnumerable<string> kinds)
    {
        var types = kinds
            .Where(kind => kind != "null")
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToList();
        if (types.Contains("number"))
        {
            types.Remove("integer");
        }

        return types;
    }

    private static JsonObject Typed(string type, bool isNullable) =>
        isNullable ? new() { ["type"] = type, ["nullable"] = true } : new() { ["type"] = type };

    private static void Add(JsonObject schema, JsonObject more)
    {
        foreach (var (name, value) in more)
        {
            schema[name] = value?.DeepClone();
        }
    }
}
