using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Comparison;

/// <summary>Converts the schemas for clients back into <see cref="SchemaModel"/>s, as far as possible: the inverse of
/// <see cref="ClientSchema"/>.</summary>
/// <param name="isNullable">Returns, for a path and its schema, whether null is accepted.</param>
internal sealed class PublishedSchema(Func<string, JsonNode?, bool> isNullable)
{
    public SchemaModel Input(JsonNode? schema) => Input(schema, "");

    public SchemaModel Output(JsonNode? schema) => Output(schema, "");

    private SchemaModel Input(JsonNode? schema, string path)
    {
        var required = schema.Items("required").Select(name => name?.ToString()).ToHashSet(StringComparer.Ordinal);
        var (takesNull, text) = (isNullable(path, schema), schema.Text("description") ?? "");
        return new()
        {
            Types = schema.Text("type") is { } type ? [type] : [],
            Nullable = takesNull,
            // Removed from the text, because nullability is compared separately.
            Description =
                takesNull && text.EndsWith(ClientSchema.NullableText, StringComparison.Ordinal)
                    ? text[..^ClientSchema.NullableText.Length].TrimEnd()
                    : text,
            Enum = [.. schema.Items("enum").OfType<JsonNode>()],
            Format = schema.Text("format"),
            Pattern = schema.Text("pattern"),
            Limits = schema is JsonObject map ? SchemaLimits.Read(map) : SchemaLimits.None,
            Default = schema.Get("default"),
            Items = schema.Get("items") is { } items ? Input(items, SchemaPath.Join(path, "[]")) : null,
            Properties =
            [
                .. schema
                    .Members("properties")
                    .Select(pair => new PropertyModel(
                        pair.Key,
                        Input(pair.Value, SchemaPath.Join(path, pair.Key)),
                        required.Contains(pair.Key)
                    )),
            ],
            AdditionalProperties = schema.Get("additionalProperties") is JsonObject more
                ? Input(more, SchemaPath.Join(path, "*"))
                : null,
            IsClosed = schema.Text("additionalProperties") == "false",
        };
    }

    // Reads the texts of ClientSchema.Output, because an earlier lock and the server's /tools.json contain nothing
    // else. The kinds are a guess, because an allowed value may equal the name of a type. Files with a shape are not
    // read this way.
    private SchemaModel Output(JsonNode? schema, string path)
    {
        var text = schema.Text("description") ?? "";
        var (types, format) = text switch
        {
            _ when schema.Get("items") is not null => (["array"], null),
            _ when schema.Get("properties") is not null => (["object"], null),
            "date" or "date-time" => (["string"], text),
            "any value" => ([], null),
            "" when schema.Text("type") is { } type => ([type], null),
            _ when text.Contains(" | ", StringComparison.Ordinal) => (["string"], null),
            _ => (text.Split(" or ", StringSplitOptions.RemoveEmptyEntries), default(string)),
        };
        return new()
        {
            Types = types,
            Format = format,
            Nullable = isNullable(path, null),
            Enum = text.Contains(" | ", StringComparison.Ordinal)
                ? [.. text.Split(" | ").Select(value => (JsonNode)value)]
                : [],
            Items = schema.Get("items") is { } items ? Output(items, SchemaPath.Join(path, "[]")) : null,
            Properties =
            [
                .. schema
                    .Members("properties")
                    .Select(pair => new PropertyModel(
                        pair.Key,
                        Output(pair.Value, SchemaPath.Join(path, pair.Key)),
                        IsRequired: false
                    )),
            ],
        };
    }
}
