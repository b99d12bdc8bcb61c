using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Generator.Reading;

/// <summary>Converts the Schema Objects of Swagger 2.0.</summary>
internal sealed class SwaggerSchemas(JsonObject swagger)
{
    // Positions of the shared parts of a document, before (2.0) and after (3.0) the conversion.
    private static readonly (string Before, string After)[] Places =
    [
        ("#/definitions/", "#/components/schemas/"),
        ("#/parameters/", "#/components/parameters/"),
        ("#/responses/", "#/components/responses/"),
    ];

    // Schemas to which a reference points by their position in a path. The conversion moves them.
    private readonly SortedDictionary<string, string> referred = new(StringComparer.Ordinal);

    /// <summary>Returns the reference of OpenAPI 3 for a reference of Swagger 2.0.</summary>
    public static string Renamed(string reference)
    {
        var (before, after) = Places.FirstOrDefault(place =>
            reference.StartsWith(place.Before, StringComparison.Ordinal)
        );
        return before is null ? reference : after + reference[before.Length..];
    }

    public JsonNode? Convert(JsonNode? node)
    {
        if (node is not JsonObject schema)
        {
            return node?.DeepClone();
        }

        var result = new JsonObject();
        foreach (var (name, value) in schema)
        {
            switch (name)
            {
                case "$ref" when value is JsonValue reference:
                    result[name] = Reference(reference.ToString());
                    break;
                case "properties" or "patternProperties" or "definitions" when value is JsonObject members:
                    result[name] = new JsonObject(
                        members.Select(member => KeyValuePair.Create(member.Key, Convert(member.Value)))
                    );
                    break;
                case "allOf" or "oneOf" or "anyOf" or "items" when value is JsonArray parts:
                    result[name] = new JsonArray([.. parts.Select(Convert)]);
                    break;
                case "items" or "additionalProperties" or "not":
                    result[name] = Convert(value);
                    break;
                case "discriminator" when value is JsonValue property:
                    result[name] = new JsonObject { ["propertyName"] = property.ToString() };
                    break;
                case "type" when value?.ToString() == "file":
                    result[name] = "string";
                    result["format"] = "binary";
                    break;
                case "x-nullable":
                    result["nullable"] = value?.DeepClone();
                    break;
                case "format" when result.ContainsKey(name):
                case "collectionFormat":
                    break;
                default:
                    result[name] = value?.DeepClone();
                    break;
            }
        }

        return result;
    }

    /// <summary>Adds the schemas to which references point by their position in a path.</summary>
    public void AddReferred(JsonObject components)
    {
        // Converting one schema may add further ones.
        for (
            var left = referred.ToList();
            left.Count > 0;
            left = [.. referred.Where(pair => !components.ContainsKey(pair.Value))]
        )
        {
            foreach (var (pointer, name) in left)
            {
                components[name] = Convert(JsonPointer.Find(swagger, pointer));
            }
        }
    }

    private string Reference(string reference)
    {
        var renamed = Renamed(reference);
        var pointer = reference.StartsWith('#') ? Uri.UnescapeDataString(reference[1..]) : "";
        if (
            renamed != reference
            || !pointer.StartsWith("/paths/", StringComparison.Ordinal)
            || JsonPointer.Find(swagger, pointer) is not JsonObject
        )
        {
            return renamed;
        }

        if (!referred.TryGetValue(pointer, out var name))
        {
            // The pointer itself serves as a name, because no other schema has it.
            referred[pointer] = name = pointer[1..];
        }

        return "#" + JsonPointer.Append("/components/schemas", name).Replace("%", "%25", StringComparison.Ordinal);
    }
}
