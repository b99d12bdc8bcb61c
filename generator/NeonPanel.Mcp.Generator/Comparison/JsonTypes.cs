using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Comparison;

/// <summary>Compares the types and allowed values of two schemas.</summary>
internal static class JsonTypes
{
    /// <summary>Returns whether the first schema accepts a type that the second does not.</summary>
    public static bool Missing(SchemaModel first, SchemaModel second) =>
        second.Types.Count > 0
        && (
            first.Types.Count == 0
            || !first.Types.All(type =>
                second.Types.Contains(type) || (type == "integer" && second.Types.Contains("number"))
            )
        );

    /// <summary>Returns the allowed values of the first schema that the second does not allow.</summary>
    public static IReadOnlyList<JsonNode> MissingValues(SchemaModel first, SchemaModel second) =>
        [.. first.Enum.Where(value => !second.Enum.Any(other => JsonNode.DeepEquals(value, other)))];

    public static string Name(SchemaModel schema) =>
        schema.Types.Count == 0 ? "of any type" : string.Join(" or ", schema.Types);

    public static string List(IEnumerable<JsonNode> values) =>
        string.Join(", ", values.Select(value => value.ToJsonString()));

    public static JsonArray? Array(IReadOnlyList<JsonNode> values) =>
        values.Count == 0 ? null : [.. values.Select(value => value.DeepClone())];
}
