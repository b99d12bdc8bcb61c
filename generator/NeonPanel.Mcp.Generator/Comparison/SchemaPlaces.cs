using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Comparison;

/// <summary>Finds the position at which a member of a schema is written, through references and combinations.</summary>
internal static class SchemaPlaces
{
    /// <summary>Deepest nesting of combinations to search.</summary>
    private const int MaxParts = 16;

    /// <summary>Finds a part of a schema.</summary>
    /// <param name="document">The document that references point into.</param>
    /// <param name="pointer">The position of the schema.</param>
    /// <param name="path">Member names, <c>[]</c> for items and <c>*</c> for unnamed members.</param>
    /// <param name="keyword">The keyword at the end of the path, or <see langword="null"/>.</param>
    /// <returns>The pointer, and how many steps of the path were found. If the number equals the length of the path,
    /// the whole path was found.</returns>
    public static (string Pointer, int Found) Find(
        SpecificationDocument document,
        string pointer,
        IReadOnlyList<string> path,
        string? keyword
    )
    {
        for (var index = 0; index < path.Count; index++)
        {
            if (Step(document, pointer, path[index], 0) is not { } next)
            {
                return (pointer, index);
            }

            pointer = next;
        }

        return (keyword is null ? pointer : Keyword(document, pointer, keyword, 0) ?? pointer, path.Count);
    }

    private static string? Step(SpecificationDocument document, string pointer, string step, int depth) =>
        Search(document, pointer, depth, (map, place) => step switch
            {
                "[]" => map.ContainsKey("items") ? place + "/items" : null,
                "*" => map["additionalProperties"] is JsonObject ? place + "/additionalProperties" : null,
                _ => map.Members("properties").ContainsKey(step)
                    ? JsonPointer.Append(place + "/properties", step)
                    : null,
            });

    private static string? Keyword(SpecificationDocument document, string pointer, string keyword, int depth) =>
        Search(document, pointer, depth, (map, place) => map.ContainsKey(keyword) ? place + "/" + keyword : null);

    private static string? Search(
        SpecificationDocument document,
        string pointer,
        int depth,
        Func<JsonObject, string, string?> find
    )
    {
        if (depth > MaxParts || Resolve(document, pointer) is not ({ } map, { } place))
        {
            return null;
        }

        return find(map, place)
            ?? new[] { "allOf", "oneOf", "anyOf" }
                .SelectMany(keyword =>
                    map.Items(keyword).Select((_, index) => JsonPointer.Append(place + "/" + keyword, index))
                )
                .Select(part => Search(document, part, depth + 1, find))
                .FirstOrDefault(found => found is not null);
    }

    private static (JsonObject? Schema, string Pointer) Resolve(SpecificationDocument document, string pointer)
    {
        try
        {
            var (node, place) = document.Resolve(document.Find(pointer), pointer);
            return (node as JsonObject, place);
        }
        catch (FaultException)
        {
            return (null, pointer);
        }
    }
}
