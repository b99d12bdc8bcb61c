using System.Text.Json;
using NeonPanel.Mcp.Server.Arguments;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Tests.Arguments;

/// <summary>Shapes out of small schemas, and what is said of values.</summary>
internal static class Shapes
{
    /// <summary>The shape of a schema that has no references and combinations but <c>anyOf</c>, which are its
    /// alternatives. Patterns are taken to mean the same in .NET but for <c>$</c> and <c>\d</c>: their translation is
    /// the generator's, and tested there.</summary>
    public static ValueShape Of(string schema)
    {
        using var document = JsonDocument.Parse(schema);
        return Of(document.RootElement);
    }

    public static IReadOnlyList<string> Check(string schema, string value)
    {
        using var document = JsonDocument.Parse(value);
        return ArgumentValidator.Check(Of(schema), document.RootElement);
    }

    private static ValueShape Of(JsonElement schema) =>
        new()
        {
            Kinds = schema.TryGetProperty("type", out var type)
                ? (
                    type.ValueKind == JsonValueKind.Array ? type.EnumerateArray() : (IEnumerable<JsonElement>)[type]
                ).Aggregate(ValueKinds.None, (kinds, name) =>
                    kinds | Enum.Parse<ValueKinds>(name.GetString()!, ignoreCase: true)
                )
                : ValueKinds.Any,
            Enum = schema.TryGetProperty("enum", out var values)
                ? [.. values.EnumerateArray().Select(value => value.GetRawText())]
                : null,
            Minimum = Text(schema, "minimum") ?? Text(schema, "exclusiveMinimum"),
            Maximum = Text(schema, "maximum") ?? Text(schema, "exclusiveMaximum"),
            ExclusiveMinimum = Text(schema, "exclusiveMinimum") is not null,
            ExclusiveMaximum = Text(schema, "exclusiveMaximum") is not null,
            MultipleOf = Text(schema, "multipleOf"),
            MinLength = Number(schema, "minLength", 0),
            MaxLength = Number(schema, "maxLength", int.MaxValue),
            Pattern = Text(schema, "pattern"),
            Expression = Text(schema, "pattern")
                ?.Replace("$", @"\z", StringComparison.Ordinal)
                .Replace(@"\d", "[0-9]", StringComparison.Ordinal),
            Format = Text(schema, "format"),
            MinItems = Number(schema, "minItems", 0),
            MaxItems = Number(schema, "maxItems", int.MaxValue),
            UniqueItems = Text(schema, "uniqueItems") == "True",
            Items = schema.TryGetProperty("items", out var items) ? Of(items) : null,
            Properties = schema.TryGetProperty("properties", out var properties)
                ? properties.EnumerateObject().ToDictionary(property => property.Name, property => Of(property.Value))
                : new Dictionary<string, ValueShape>(),
            Required = schema.TryGetProperty("required", out var required)
                ? [.. required.EnumerateArray().Select(name => name.GetString()!)]
                : [],
            MinProperties = Number(schema, "minProperties", 0),
            MaxProperties = Number(schema, "maxProperties", int.MaxValue),
            AdditionalProperties =
                !schema.TryGetProperty("additionalProperties", out var more) ? ValueShape.Anything
                : more.ValueKind == JsonValueKind.False ? null
                : Of(more),
            Alternatives = schema.TryGetProperty("anyOf", out var forms) ? [.. forms.EnumerateArray().Select(Of)] : [],
        };

    private static string? Text(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var value) ? value.ToString() : null;

    private static int Number(JsonElement schema, string name, int otherwise) =>
        schema.TryGetProperty(name, out var value) ? value.GetInt32() : otherwise;
}
