using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Testing;

/// <summary>The query parameters that an overlay adds to the document.</summary>
internal static class AddedParameters
{
    /// <param name="overlayFile">An overlay in JSON, or <see langword="null"/>. One in YAML adds nothing that is known
    /// here.</param>
    public static IReadOnlySet<string> Of(string? overlayFile)
    {
        var text = overlayFile is null ? "" : File.ReadAllText(overlayFile);
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (text.TrimStart().StartsWith('{'))
        {
            Collect(JsonNode.Parse(text), names);
        }

        return names;
    }

    private static void Collect(JsonNode? node, HashSet<string> names)
    {
        if (node is JsonObject map)
        {
            if (map["in"] is JsonValue place && place.ToString() == "query" && map["name"] is JsonValue name)
            {
                names.Add(name.ToString());
            }

            foreach (var (_, value) in map)
            {
                Collect(value, names);
            }
        }
        else if (node is JsonArray list)
        {
            foreach (var item in list)
            {
                Collect(item, names);
            }
        }
    }
}
