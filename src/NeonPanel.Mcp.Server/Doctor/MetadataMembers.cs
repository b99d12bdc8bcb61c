using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Server.Doctor;

/// <summary>Reads members of untrusted metadata documents, where a member may have any type.</summary>
internal static class MetadataMembers
{
    /// <summary>Returns a string member, or <see langword="null"/> if it is missing or not a string.</summary>
    public static string? Text(this JsonObject document, string name) =>
        document[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>Returns the strings of a list member; an empty list if the member is missing.</summary>
    public static IReadOnlyList<string> List(this JsonObject document, string name) =>
        [.. (document[name] as JsonArray ?? []).OfType<JsonValue>().Select(value => value.ToString())];

    public static bool IsTrue(this JsonObject document, string name) =>
        document[name] is JsonValue value && value.TryGetValue<bool>(out var isTrue) && isTrue;
}
