using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Naming;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Schemas;

/// <summary>The shape of an answer: kinds, allowed values and members, without texts. Locks and catalogues store it,
/// the server gets it as <c>AnswerShape</c>, and <see cref="ClientSchema.Output"/> describes it for clients. That
/// description is never parsed, except in locks that were written before they stored the shape.</summary>
internal static class AnswerShapes
{
    /// <summary>Name of the member of a lock or catalogue that contains the shape.</summary>
    public const string Member = "answerShape";

    /// <summary>Returns the shape of the object that the server returns, as far as an output schema may describe
    /// it.</summary>
    public static SchemaModel Of(SchemaModel answer) =>
        new()
        {
            Types = Types(answer),
            Nullable = answer.Nullable,
            Enum = answer.Enum,
            Format = answer.Format is "date" or "date-time" ? answer.Format : null,
            Items = answer.Items is null ? null : Of(answer.Items),
            Properties =
            [
                .. answer
                    .Properties.Where(property => PropertyName.IsAccepted(property.Name))
                    .Select(property => new PropertyModel(property.Name, Of(property.Schema), IsRequired: false)),
            ],
        };

    /// <summary>Writes a shape as JSON Schema. Null is not part of it: a lock lists the nullable paths
    /// separately.</summary>
    public static JsonObject Write(SchemaModel shape)
    {
        var schema = new JsonObject();
        if (shape.Types.Count > 0)
        {
            schema["type"] = shape.Types is [var type]
                ? type
                : new JsonArray([.. shape.Types.Select(name => (JsonNode)name)]);
        }

        if (shape.Format is not null)
        {
            schema["format"] = shape.Format;
        }

        if (shape.Enum.Count > 0)
        {
            schema["enum"] = new JsonArray([.. shape.Enum.Select(value => value.DeepClone())]);
        }

        if (shape.Items is not null)
        {
            schema["items"] = Write(shape.Items);
        }

        if (shape.Properties.Count > 0)
        {
            schema["properties"] = new JsonObject(
                shape.Properties.Select(property =>
                    KeyValuePair.Create(property.Name, (JsonNode?)Write(property.Schema))
                )
            );
        }

        return schema;
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="isNullable">Returns whether null may occur at a path.</param>
    public static SchemaModel Read(JsonNode? schema, Func<string, bool> isNullable, string path = "") =>
        new()
        {
            Types = schema.Get("type") switch
            {
                JsonArray list => [.. list.Select(type => type?.ToString() ?? "")],
                JsonValue one => [one.ToString()],
                _ => [],
            },
            Nullable = isNullable(path),
            Format = schema.Text("format"),
            Enum = [.. schema.Items("enum").OfType<JsonNode>()],
            Items = schema.Get("items") is { } items ? Read(items, isNullable, SchemaPath.Join(path, "[]")) : null,
            Properties =
            [
                .. schema
                    .Members("properties")
                    .Select(pair => new PropertyModel(
                        pair.Key,
                        Read(pair.Value, isNullable, SchemaPath.Join(path, pair.Key)),
                        IsRequired: false
                    )),
            ],
        };

    // If the allowed values contradict the declared types, the types of the values are added.
    private static IReadOnlyList<string> Types(SchemaModel schema)
    {
        if (schema.Types.Count == 0 || schema.Enum.Count == 0)
        {
            return schema.Types;
        }

        var more = schema
            .Enum.Select(KindOf)
            .Distinct()
            .Where(kind => !schema.Types.Contains(kind) && !(kind == "number" && schema.Types.Contains("integer")))
            .ToList();
        return more.Count == 0 ? schema.Types : [.. schema.Types, .. more];
    }

    private static string KindOf(JsonNode value) =>
        value.GetValueKind() switch
        {
            JsonValueKind.Object => "object",
            JsonValueKind.Array => "array",
            JsonValueKind.String => "string",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            _ => "number",
        };
}
