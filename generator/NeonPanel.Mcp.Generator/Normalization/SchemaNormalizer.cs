using System.Globalization;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Model;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Normalization;

/// <summary>Schema of the specification → <see cref="SchemaModel"/>: references inlined, combinations merged, recursion cut
/// (rule C4).</summary>
/// <param name="document">The document that references point into.</param>
/// <param name="rewrite">Makes a text of the specification into one for clients.</param>
internal sealed class SchemaNormalizer(SpecificationDocument document, Func<string?, string> rewrite)
{
    /// <summary>How often one referenced schema may stand inside itself before it is cut.</summary>
    public const int MaxRecursion = 1;

    /// <summary>Deepest nesting that is described.</summary>
    public const int MaxDepth = 12;

    /// <summary>Most schemas that one operation's body or answer may grow to: a fan of references stays finite.</summary>
    public const int MaxNodes = 2000;

    private readonly Dictionary<string, int> open = new(StringComparer.Ordinal);
    private int depth;
    private int nodes;

    /// <summary>Normalizes one schema of an operation.</summary>
    public SchemaModel Normalize(JsonNode? schema, string pointer)
    {
        open.Clear();
        depth = 0;
        nodes = 0;
        return Read(schema, pointer);
    }

    private SchemaModel Read(JsonNode? schema, string pointer)
    {
        if (depth >= MaxDepth || ++nodes > MaxNodes)
        {
            return Cut("");
        }

        if (schema is not JsonObject map)
        {
            return new(); // true, false, absent: nothing that could be told to a client
        }

        depth++;
        try
        {
            return SpecificationDocument.ReferenceOf(map) is null ? ReadObject(map, pointer) : ReadReference(map, pointer);
        }
        finally
        {
            depth--;
        }
    }

    private SchemaModel ReadReference(JsonObject map, string pointer)
    {
        var (target, targetPointer) = document.Resolve(map, pointer);
        // OpenAPI 3.1: siblings of $ref apply as well; the nearer text is the better one.
        var text = rewrite(map["description"]?.ToString());
        var times = open.GetValueOrDefault(targetPointer);
        if (times > MaxRecursion)
        {
            return Cut(text);
        }

        open[targetPointer] = times + 1;
        try
        {
            var model = Read(target, targetPointer);
            return text.Length == 0 ? model : model with { Description = text };
        }
        finally
        {
            open[targetPointer] = times;
        }
    }

    // A described plain object, never an empty schema (rule C4).
    private static SchemaModel Cut(string text) => new()
    {
        Types = ["object"],
        Description = text.Length > 0 ? text : "Nested deeper than described here; same form as the object around it.",
    };

    private SchemaModel ReadObject(JsonObject map, string pointer)
    {
        var (types, nullable) = TypesOf(map);
        var model = new SchemaModel
        {
            Types = types,
            Nullable = nullable,
            Description = rewrite(map["description"]?.ToString() ?? map["title"]?.ToString()),
            Enum = [.. EnumOf(map).Where(value => value is not null).Select(value => value!)],
            Format = Text(map, "format"),
            Pattern = Text(map, "pattern"),
            Minimum = Bound(map, "minimum", "exclusiveMinimum"),
            Maximum = Bound(map, "maximum", "exclusiveMaximum"),
            ExclusiveMinimum = IsExclusive(map, "exclusiveMinimum"),
            ExclusiveMaximum = IsExclusive(map, "exclusiveMaximum"),
            MultipleOf = Number(map["multipleOf"]),
            MinLength = Integer(map["minLength"]),
            MaxLength = Integer(map["maxLength"]),
            MinItems = Integer(map["minItems"]),
            MaxItems = Integer(map["maxItems"]),
            UniqueItems = map["uniqueItems"]?.ToString() == "true",
            Default = map["default"],
            Items = map["items"] is JsonObject items ? Read(items, pointer + "/items") : null,
            Properties = PropertiesOf(map, pointer),
            AdditionalProperties = map["additionalProperties"] is JsonObject more
                ? Read(more, pointer + "/additionalProperties")
                : null,
            IsClosed = map["additionalProperties"]?.ToString() == "false",
        };
        if (EnumOf(map).Any(value => value is null))
        {
            model = model with { Nullable = true };
        }

        model = Parts(map, "allOf", pointer).Aggregate(model, SchemaMerger.All);
        foreach (var keyword in (string[])["oneOf", "anyOf"])
        {
            var branches = Parts(map, keyword, pointer);
            if (branches.Count > 0)
            {
                model = SchemaMerger.All(model, SchemaMerger.Any(branches));
            }
        }

        return model;
    }

    private List<SchemaModel> Parts(JsonObject map, string keyword, string pointer) =>
        map[keyword] is JsonArray list
            ? [.. list.Select((part, index) => Read(part, JsonPointer.Append(pointer + "/" + keyword, index)))]
            : [];

    private List<PropertyModel> PropertiesOf(JsonObject map, string pointer)
    {
        if (map["properties"] is not JsonObject properties)
        {
            return [];
        }

        var required = (map["required"] as JsonArray ?? []).Select(name => name?.ToString()).ToHashSet(StringComparer.Ordinal);
        return [.. properties.Select(property => new PropertyModel(
            property.Key,
            Read(property.Value, JsonPointer.Append(pointer + "/properties", property.Key)),
            required.Contains(property.Key)))];
    }

    private static (IReadOnlyList<string> Types, bool Nullable) TypesOf(JsonObject map)
    {
        // 'nullable' belongs to 3.0; in 3.1 it is read as it was meant.
        var nullable = map["nullable"]?.ToString() == "true";
        List<string> types = map["type"] switch
        {
            JsonArray list => [.. list.Select(type => type?.ToString() ?? "null")],
            { } one => [one.ToString()],
            null when map["properties"] is JsonObject => ["object"],
            null when map["items"] is JsonObject => ["array"],
            null => TypesOfValues(EnumOf(map)),
        };
        nullable |= types.Remove("null");
        types.RemoveAll(type => type is not ("object" or "array" or "string" or "number" or "integer" or "boolean"));
        return (types, nullable);
    }

    private static List<string> TypesOfValues(JsonArray values) =>
        [.. values.OfType<JsonValue>().Select(value => value.GetValueKind() switch
        {
            System.Text.Json.JsonValueKind.String => "string",
            System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False => "boolean",
            System.Text.Json.JsonValueKind.Number => "number",
            _ => "null",
        }).Distinct()];

    private static JsonArray EnumOf(JsonObject map) =>
        map["enum"] as JsonArray ?? (map.ContainsKey("const") ? [map["const"]?.DeepClone()] : []);

    private static string? Text(JsonObject map, string keyword) =>
        map[keyword] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    // 3.0 writes exclusiveMinimum as a flag beside minimum, 3.1 as the number itself.
    private static string? Bound(JsonObject map, string keyword, string exclusive) =>
        Number(map[exclusive]) ?? Number(map[keyword]);

    private static bool IsExclusive(JsonObject map, string exclusive) =>
        Number(map[exclusive]) is not null || map[exclusive]?.ToString() == "true";

    private static string? Number(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.Number ? value.ToJsonString() : null;

    private static int? Integer(JsonNode? node) =>
        int.TryParse(Number(node), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
