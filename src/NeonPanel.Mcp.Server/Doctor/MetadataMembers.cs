using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Server.Doctor;

/// <summary>Reads members of metadata documents that may hold anything.</summary>
internal static class MetadataMembers
{
    /// <summary>Returns a member that is text, or <see langword="null"/>.</summary>
    public static string? Text(this JsonObject document, string name) =>
        document[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>Returns the texts of a member that is a list; none if it is missing.</summary>
    public static IReadOnlyList<string> List(this JsonObject document, string name) =>
        [.. (document[name] as JsonArray ?? []).OfType<JsonValue>().Select(value => value.ToString())];

    public static bool IsTrue(this JsonObject document, string name) =>
        document[name] is JsonValue value && value.TryGetValue<bool>(out var isTrue) && isTrue;
}
