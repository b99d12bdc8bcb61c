using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Agent.Sessions;

/// <summary>JSON as a model reads and writes it: short, without escapes that it does not need.</summary>
internal static class Json
{
    public static readonly JsonSerializerOptions Compact = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static readonly JsonSerializerOptions Indented = new(Compact) { WriteIndented = true, NewLine = "\n" };

    public static string Text(JsonNode? node) => node is null ? "null" : node.ToJsonString(Compact);

    public static string Text(JsonElement element) => JsonSerializer.Serialize(element, Compact);
}
