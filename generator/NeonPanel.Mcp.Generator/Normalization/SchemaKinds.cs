using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Schemas;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Normalization;

/// <summary>Describes only the kinds of schemas that are too deep or too many for a full description.</summary>
/// <param name="document">The document that references point into.</param>
internal sealed class SchemaKinds(SpecificationDocument document)
{
    /// <summary>Most levels of items below the deepest level whose kind is still described.</summary>
    private const int MaxKinds = 4;

    /// <summary>Adds to a model what remains below the deepest level: members are named in the text, and items and
    /// unnamed members keep their kind (rule C4).</summary>
    public SchemaModel Outline(SchemaModel model, JsonObject map, string pointer)
    {
        model = model with { IsOutline = true };
        if (map["items"] is JsonObject items)
        {
            model = model with { Items = KindOf(items, pointer + "/items") };
        }

        if (map["additionalProperties"] is JsonObject { Count: > 0 } others)
        {
            model = model with { AdditionalProperties = KindOf(others, pointer + "/additionalProperties") };
        }

        return map["properties"] is not JsonObject { Count: > 0 } properties
            ? model
            : model with
            {
                IsClosed = false,
                Description = PlainText.Sentence(
                    model.Description,
                    SchemaOutline.Members([.. properties.Select(property => property.Key)])
                ),
            };
    }

    /// <summary>Returns the types of a schema and of the items of a list. Everything else is ignored.</summary>
    public SchemaModel KindOf(JsonObject map, string pointer, int levels = MaxKinds)
    {
        if (Target(map, pointer) is not { } found)
        {
            return new();
        }

        var (schema, place) = found;
        if (DynamicScope.ReferenceOf(schema) is not null)
        {
            return new() { Types = ["object"], IsOutline = true };
        }

        var (types, takesNull) = SchemaKeywords.TypesOf(schema);
        if (
            types.Count == 0
            && levels > 0
            && schema.Items("allOf").FirstOrDefault(part => part is JsonObject) is JsonObject part
        )
        {
            return KindOf(part, place + "/allOf", levels - 1);
        }

        return new()
        {
            Types = types,
            Nullable = takesNull,
            IsOutline = true,
            Items =
                levels > 0 && types.Contains("array") && schema["items"] is JsonObject items
                    ? KindOf(items, place + "/items", levels - 1)
                    : null,
            Description = schema["properties"] is JsonObject { Count: > 0 } properties
                ? SchemaOutline.Members([.. properties.Select(property => property.Key)])
                : "",
        };
    }

    // Returns null for a broken reference. It excludes an operation only if its schema is described in full.
    private (JsonObject Schema, string Pointer)? Target(JsonObject map, string pointer)
    {
        try
        {
            return document.Resolve(map, pointer) is (JsonObject schema, var place) ? (schema, place) : null;
        }
        catch (FaultException)
        {
            return null;
        }
    }

    /// <summary>Returns the replacement for a schema inside itself: a described plain object, never an empty schema
    /// (rule C4).</summary>
    public static SchemaModel Cut(JsonObject map) =>
        new()
        {
            Types = SchemaKeywords.TypesOf(map).Types is { Count: > 0 } types ? types : ["object"],
            IsOutline = true,
            Description = "Nested deeper than described here; same form as the object around it.",
        };
}
