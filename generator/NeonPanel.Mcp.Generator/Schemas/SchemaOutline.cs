using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Schemas;

/// <summary>Reduces a schema to its types, and names its members in the text (rule C4).</summary>
internal static class SchemaOutline
{
    private const int MaxNames = 20;
    private const int MaxValues = 12;

    /// <summary>Returns the sentence that names the members of an object.</summary>
    public static string Members(IReadOnlyCollection<string> names) =>
        "Members: "
        + string.Join(", ", names.Take(MaxNames).Select(PlainText.Clean))
        + (names.Count > MaxNames ? ", …" : "")
        + ".";

    /// <summary>Describes a schema in few words.</summary>
    public static string Form(SchemaModel value)
    {
        if (value.Properties.Count > 0)
        {
            return "an object with " + string.Join(", ", value.Properties.Select(property => property.Name));
        }

        if (value.Types.Count > 0)
        {
            return string.Join(" or ", value.Types);
        }

        return "any value";
    }

    /// <summary>Returns whether a schema has members, or so many allowed values that examples can replace
    /// them.</summary>
    public static bool HasInside(SchemaModel schema) => schema.Properties.Count > 0 || schema.Enum.Count > MaxValues;

    /// <summary>Replaces members and allowed values by a sentence about them.</summary>
    public static SchemaModel Of(SchemaModel schema)
    {
        if (schema.Enum.Count > MaxValues)
        {
            schema = schema with
            {
                Enum = [],
                Description = PlainText.Sentence(
                    schema.Description,
                    "Such as " + string.Join(", ", schema.Enum.Take(MaxValues).Select(JsonText.Compact)) + "."
                ),
            };
        }

        return schema.Properties.Count == 0
            ? schema
            : schema with
            {
                Properties = [],
                Required = [],
                IsClosed = false,
                AdditionalProperties = null,
                Description = PlainText.Sentence(
                    schema.Description,
                    Members([.. schema.Properties.Select(property => property.Name)])
                ),
            };
    }
}
