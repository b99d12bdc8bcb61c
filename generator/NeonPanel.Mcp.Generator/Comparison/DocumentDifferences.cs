using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Generator.Comparison;

/// <summary>Counts all differences between two documents, including those that no tool shows.</summary>
internal static class DocumentDifferences
{
    public static int Count(JsonNode? before, JsonNode? after) =>
        (before, after) switch
        {
            (JsonObject first, JsonObject second) => first
                .Select(pair => pair.Key)
                .Union(second.Select(pair => pair.Key))
                .Sum(name => Count(first[name], second[name])),
            (JsonArray first, JsonArray second) when first.Count == second.Count => first
                .Zip(second)
                .Sum(pair => Count(pair.First, pair.Second)),
            _ => JsonNode.DeepEquals(before, after) ? 0 : 1,
        };
}
