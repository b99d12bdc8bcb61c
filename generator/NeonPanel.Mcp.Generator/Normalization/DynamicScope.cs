using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Normalization;

/// <summary>The schemas around the current one, outermost first. <c>$dynamicRef</c> (JSON Schema 2020-12, core
/// §8.2.3.2) and <c>$recursiveRef</c> (2019-09, core §8.2.4.2) search them for their target.</summary>
internal sealed class DynamicScope(SpecificationDocument document)
{
    private const string Schemas = "/components/schemas";

    private readonly List<(JsonObject Map, string Pointer)> around = [];

    /// <summary>Returns the text of the reference, or <see langword="null"/>.</summary>
    public static string? ReferenceOf(JsonObject map) => map.Text("$dynamicRef") ?? map.Text("$recursiveRef");

    /// <summary>Returns whether the schema can be the target of such a reference, or contains one that can.</summary>
    public static bool IsOne(JsonObject map) =>
        map.ContainsKey("$dynamicAnchor") || map.IsTrue("$recursiveAnchor") || map.ContainsKey("$defs");

    public void Clear() => around.Clear();

    public void Enter(JsonObject map, string pointer) => around.Add((map, pointer));

    public void Leave() => around.RemoveAt(around.Count - 1);

    /// <summary>Finds the target of a reference.</summary>
    /// <returns>A static reference, or <see langword="null"/> if no surrounding schema has the anchor.</returns>
    public string? Find(string reference)
    {
        if (reference is not ['#', .. var anchor] || anchor is ['/', ..])
        {
            return reference;
        }

        var pointer = around
            .Select(place => Target(place.Map, place.Pointer, anchor))
            .FirstOrDefault(target => target is not null)
            ?? document
                .Root.Get("components")
                .Members("schemas")
                .OrderBy(schema => schema.Key, StringComparer.Ordinal)
                .Where(schema => anchor.Length > 0 && IsAnchor(schema.Value, anchor))
                .Select(schema => JsonPointer.Append(Schemas, schema.Key))
                .FirstOrDefault();
        return pointer is null ? null : "#" + pointer.Replace("%", "%25", StringComparison.Ordinal);
    }

    private static string? Target(JsonObject map, string pointer, string anchor)
    {
        if (anchor.Length == 0 ? map.IsTrue("$recursiveAnchor") : IsAnchor(map, anchor))
        {
            return pointer;
        }

        var definition = map.Members("$defs").FirstOrDefault(pair => IsAnchor(pair.Value, anchor)).Key;
        return definition is null ? null : JsonPointer.Append(pointer + "/$defs", definition);
    }

    private static bool IsAnchor(JsonNode? schema, string anchor) =>
        anchor.Length > 0 && (schema.Text("$dynamicAnchor") == anchor || schema.Text("$anchor") == anchor);
}
