using System.Text.Json;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Tests.Fixtures;

/// <summary>Makes shapes of answers out of the JSON Schema that locks and <c>catalog.json</c> hold.</summary>
internal static class AnswerShapes
{
    public static AnswerShape Of(string schema) => Of(JsonElement.Parse(schema));

    public static AnswerShape Of(JsonElement schema) =>
        new()
        {
            Kinds = schema.TryGetProperty("type", out var type)
                ? (
                    type.ValueKind == JsonValueKind.Array ? type.EnumerateArray() : (IEnumerable<JsonElement>)[type]
                ).Aggregate(ValueKinds.None, (kinds, name) =>
                    kinds | Enum.Parse<ValueKinds>(name.GetString()!, ignoreCase: true)
                )
                : ValueKinds.Any,
            IsProven = schema.TryGetProperty("proven", out _),
            Items = schema.TryGetProperty("items", out var items) ? Of(items) : null,
            Members = schema.TryGetProperty("properties", out var properties)
                ? properties.EnumerateObject().ToDictionary(property => property.Name, property => Of(property.Value))
                : new Dictionary<string, AnswerShape>(),
        };
}
