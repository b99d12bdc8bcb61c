using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Generator.Reading;

/// <summary>Reads an untrusted JSON tree. A missing node, or one of another kind, is <see langword="null"/>.</summary>
internal static class JsonNavigation
{
    /// <summary>Returns a member of an object.</summary>
    public static JsonNode? Get(this JsonNode? node, string name) =>
        node is JsonObject map && map.TryGetPropertyValue(name, out var value) ? value : null;

    /// <summary>Returns the first item of a list.</summary>
    public static JsonNode? First(this JsonNode? node) => node is JsonArray { Count: > 0 } list ? list[0] : null;

    /// <summary>Returns a member as text. For a number or boolean, this is its JSON text.</summary>
    public static string? Text(this JsonNode? node, string name) =>
        node.Get(name) is JsonValue value ? value.ToString() : null;

    /// <summary>Returns a member that is an object; an empty object for any other value.</summary>
    public static JsonObject Members(this JsonNode? node, string name) => node.Get(name) as JsonObject ?? [];

    /// <summary>Returns a member that is a list; an empty list for any other value.</summary>
    public static JsonArray Items(this JsonNode? node, string name) => node.Get(name) as JsonArray ?? [];

    /// <summary>Returns whether the member is <c>true</c>.</summary>
    public static bool IsTrue(this JsonNode? node, string name) => node.Text(name) == "true";
}
