using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Generator.Reading;

/// <summary>Ways through a tree of which nothing is known: what is not there, or of another kind, is
/// <see langword="null"/>.</summary>
internal static class JsonNavigation
{
    /// <summary>A member of an object.</summary>
    public static JsonNode? Get(this JsonNode? node, string name) =>
        node is JsonObject map && map.TryGetPropertyValue(name, out var value) ? value : null;

    /// <summary>The first item of a list.</summary>
    public static JsonNode? First(this JsonNode? node) => node is JsonArray { Count: > 0 } list ? list[0] : null;

    /// <summary>A text; of a number or a truth value the text it is written with.</summary>
    public static string? Text(this JsonNode? node, string name) =>
        node.Get(name) is JsonValue value ? value.ToString() : null;

    /// <summary>The members of an object; none of anything else.</summary>
    public static JsonObject Members(this JsonNode? node, string name) => node.Get(name) as JsonObject ?? [];

    /// <summary>The items of a list; none of anything else.</summary>
    public static JsonArray Items(this JsonNode? node, string name) => node.Get(name) as JsonArray ?? [];

    /// <summary>Whether the member is <c>true</c>.</summary>
    public static bool IsTrue(this JsonNode? node, string name) => node.Text(name) == "true";
}
