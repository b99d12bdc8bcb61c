using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Rules;

/// <summary>Validates single values against schemas of the document. It reports only certain violations: it does not
/// check patterns and formats, and a schema with a broken reference accepts everything.</summary>
internal sealed class SchemaValues(SpecificationDocument document)
{
    private const int MaxDepth = 16;

    /// <param name="isAllowedValue">Whether the value is one of the schema's own <c>enum</c>.</param>
    /// <returns>The reason why the schema rejects the value, or <see langword="null"/>.</returns>
    public string? WhyNot(JsonNode value, JsonNode? schema, bool isAllowedValue = false) =>
        WhyNot(value, schema, "", isAllowedValue, 0);

    private string? WhyNot(JsonNode? value, JsonNode? node, string place, bool isAllowedValue, int depth)
    {
        if (depth > MaxDepth || Resolve(node) is not JsonObject schema || value is null)
        {
            return null; // Null is always accepted.
        }

        var at = place.Length == 0 ? "it" : $"'{place}'";
        var kind = value.GetValueKind();
        if (Types(schema) is { Count: > 0 } types && !types.Exists(type => IsOf(type, value, kind)))
        {
            return $"{at} is not of the type {string.Join(" or ", types)}";
        }

        if (
            !isAllowedValue
            && schema["enum"] is JsonArray { Count: > 0 } allowed
            && !allowed.Any(item => JsonNode.DeepEquals(item, value))
        )
        {
            return $"{at} is none of the allowed values";
        }

        var reason = LimitRule.WhyNot(value, SchemaLimits.Read(schema)) is { } limit
            ? $"{at} {limit}"
            : value switch
            {
                JsonArray list => Items(list, schema, place, depth),
                JsonObject members => Members(members, schema, place, depth),
                _ => null,
            };
        return reason
            ?? schema
                .Items("allOf")
                .Select(part => WhyNot(value, part, place, isAllowedValue: false, depth + 1))
                .FirstOrDefault(found => found is not null);
    }

    private string? Items(JsonArray list, JsonObject schema, string place, int depth) =>
        list.Select(
                (item, index) => WhyNot(item, schema["items"], $"{place}[{index}]", isAllowedValue: false, depth + 1)
            )
            .FirstOrDefault(found => found is not null);

    private string? Members(JsonObject map, JsonObject schema, string place, int depth) =>
        map.Where(member => schema.Members("properties").ContainsKey(member.Key))
            .Select(member =>
                WhyNot(
                    member.Value,
                    schema.Members("properties")[member.Key],
                    SchemaPath.Join(place, member.Key),
                    isAllowedValue: false,
                    depth + 1
                )
            )
            .FirstOrDefault(found => found is not null);

    private static bool IsOf(string type, JsonNode value, JsonValueKind kind) =>
        type switch
        {
            "string" => kind == JsonValueKind.String,
            "boolean" => kind is JsonValueKind.True or JsonValueKind.False,
            "array" => kind == JsonValueKind.Array,
            "object" => kind == JsonValueKind.Object,
            "number" => kind == JsonValueKind.Number,
            // JSON Schema 2020-12, core §4.2.3: 1.0 is an integer.
            "integer" => kind == JsonValueKind.Number
                && (
                    !decimal.TryParse(
                        value.ToJsonString(),
                        NumberStyles.Float,
                        CultureInfo.InvariantCulture,
                        out var number
                    )
                    || number == Math.Floor(number)
                ),
            _ => true,
        };

    private static List<string> Types(JsonObject schema) =>
        schema["type"] switch
        {
            JsonArray list => [.. list.Select(type => type?.ToString() ?? "null")],
            JsonValue one => [one.ToString()],
            _ => [],
        };

    private JsonNode? Resolve(JsonNode? node)
    {
        try
        {
            return document.Resolve(node, "").Node;
        }
        catch (FaultException)
        {
            return null;
        }
    }
}
