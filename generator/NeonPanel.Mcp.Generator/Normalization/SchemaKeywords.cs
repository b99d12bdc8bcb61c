using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Schemas;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Normalization;

/// <summary>Reads keywords of one schema, but not the schemas inside it.</summary>
internal static class SchemaKeywords
{
    /// <summary>Reads all keywords that do not contain other schemas.</summary>
    public static SchemaModel Read(JsonObject map, string description)
    {
        var (types, takesNull) = TypesOf(map);
        var values = EnumOf(map);
        return new()
        {
            Types = types,
            Nullable = takesNull || values.Any(value => value is null),
            Description = description,
            Enum = [.. values.Where(value => value is not null).Select(value => value!)],
            Format = map.Text("format"),
            MediaType = map.ContainsKey("contentEncoding") ? null : map.Text("contentMediaType"),
            Pattern = map.Text("pattern"),
            Limits = SchemaLimits.Read(map),
            Default = map["default"],
            IsDeprecated = map.IsTrue("deprecated"),
            IsReadOnly = map.IsTrue("readOnly"),
            IsWriteOnly = map.IsTrue("writeOnly"),
            TakesMore = IsAnything(map["additionalProperties"]) || IsAnything(map["unevaluatedProperties"]),
            Required = RequiredOf(map),
            RequiredAnywhere = RequiredOf(map),
            IsClosed = map.Text("additionalProperties") == "false" && !map.ContainsKey("patternProperties"),
        };
    }

    /// <summary>Returns whether a schema explicitly accepts every value.</summary>
    public static bool IsAnything(JsonNode? schema) =>
        schema is JsonObject { Count: 0 } || schema?.GetValueKind() == JsonValueKind.True;

    /// <summary>Returns the names in <c>required</c>.</summary>
    public static HashSet<string> RequiredOf(JsonObject map) =>
        map.Items("required").OfType<JsonValue>().Select(name => name.ToString()).ToHashSet(StringComparer.Ordinal);

    /// <summary>Describes <c>not</c> in words, because clients do not support the keyword. Returns
    /// <see langword="null"/> if a few words are not enough.</summary>
    public static string? Not(JsonObject map) =>
        map["not"] switch
        {
            JsonObject not when EnumOf(not) is { Count: > 0 and <= 20 } values => "Not "
                + string.Join(" or ", values.Select(value => value?.ToJsonString() ?? "null"))
                + ".",
            JsonObject not when not.Text("pattern") is { } pattern => "Not matching " + PlainText.Clean(pattern) + ".",
            JsonObject not when TypesOf(not) is { Types: [var type], Nullable: false } && not.Count == 1 => "No "
                + type
                + ".",
            _ => null,
        };

    /// <summary>Returns the types of a schema, declared or implied by other keywords.</summary>
    public static (IReadOnlyList<string> Types, bool Nullable) TypesOf(JsonObject map)
    {
        // 'nullable' belongs to 3.0. In a 3.1 document it is read with the same meaning.
        var nullable = map.IsTrue("nullable");
        List<string> types = map["type"] switch
        {
            JsonArray list => [.. list.Select(type => type?.ToString() ?? "null")],
            { } one => [one.ToString()],
            null when map["properties"] is JsonObject => ["object"],
            null when map["items"] is JsonObject || map["prefixItems"] is JsonArray => ["array"],
            null when map["additionalProperties"] is JsonObject => ["object"],
            null => TypesOfValues(EnumOf(map)),
        };
        nullable |= types.Remove("null");
        types.RemoveAll(type => type is not ("object" or "array" or "string" or "number" or "integer" or "boolean"));
        return (types, nullable);
    }

    private static List<string> TypesOfValues(JsonArray values) =>
        [
            .. values
                .Select(value =>
                    value?.GetValueKind() switch
                    {
                        JsonValueKind.Object => "object",
                        JsonValueKind.Array => "array",
                        JsonValueKind.String => "string",
                        JsonValueKind.True or JsonValueKind.False => "boolean",
                        JsonValueKind.Number => "number",
                        _ => "null",
                    }
                )
                .Distinct(),
        ];

    /// <summary>Returns the values of <c>enum</c> or <c>const</c>.</summary>
    public static JsonArray EnumOf(JsonObject map) =>
        map["enum"] as JsonArray ?? (map.ContainsKey("const") ? [map["const"]?.DeepClone()] : []);
}
