using System.Globalization;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Naming;
using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Corpus.WireJudge;

/// <summary>A value for any schema: always the same, and with characters that have to be escaped.</summary>
internal static class SampleValues
{
    public static JsonNode? Of(SchemaModel schema, string location, int depth = 0)
    {
        if (schema.Enum.Count > 0)
        {
            // An empty text is sent as it is given; swagger-client leaves it out, and no path takes one (rule D4).
            return (schema.Enum.FirstOrDefault(value => value.ToString().Length > 0) ?? schema.Enum[0]).DeepClone();
        }

        return schema.Types.Count == 0
            ? Text(schema, location)
            : schema.Types[0] switch
            {
                "integer" => Integer(schema),
                "number" => JsonNode.Parse(schema.Limits[LimitKeyword.Minimum]?.Digits ?? "1.5"),
                "boolean" => true,
                "array" => new JsonArray(Items(schema, location, depth), Items(schema, location, depth)),
                "object" => Object(schema, location, depth),
                _ => Text(schema, location),
            };
    }

    private static JsonNode? Items(SchemaModel schema, string location, int depth) =>
        schema.Items is null || depth > 4 ? "item" : Of(schema.Items, location, depth + 1);

    private static JsonObject Object(SchemaModel schema, string location, int depth)
    {
        var members = new JsonObject();
        foreach (var property in schema.Properties.Where(property => depth < 4 || property.IsRequired).Take(12))
        {
            members[property.Name] = Of(property.Schema, location, depth + 1);
        }

        if (members.Count == 0)
        {
            // Two exploded objects must not meet in a name.
            members["key" + Identifier.Hash(schema.Description)] =
                schema.AdditionalProperties is null || depth > 4
                    ? "one"
                    : Of(schema.AdditionalProperties, location, depth + 1);
        }

        return members;
    }

    private static JsonNode Integer(SchemaModel schema) =>
        decimal.TryParse(
            schema.Limits[LimitKeyword.Minimum]?.Digits,
            NumberStyles.Float,
            CultureInfo.InvariantCulture,
            out var minimum
        )
        && minimum > 7
            ? JsonNode.Parse(minimum.ToString("0", CultureInfo.InvariantCulture))!
            : 7;

    private static string Text(SchemaModel schema, string location) =>
        schema.Format switch
        {
            "date" => "2026-02-28",
            "date-time" => "2026-02-28T10:20:30Z",
            "uuid" => "7c1e4b52-93af-4d06-8b1a-5e20c7d94f31",
            "binary" or "byte" or "base64" => "aGVsbG8gd29ybGQ=",
            _ when location == "Header" => "plain text",
            // '&' and '+' would end the value or become a space, and stay escaped on our side (OpenAPI 3.1.1,
            // "allowReserved").
            _ when location == "Reserved" => "a b=c,é;@:$/?",
            // Not those that no path value may hold (rule D4).
            _ => "a b&c=d,é+;@:$",
        };
}
