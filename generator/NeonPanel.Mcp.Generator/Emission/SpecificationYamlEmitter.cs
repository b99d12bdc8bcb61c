using System.Text;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Emission;

/// <summary>Writes a JSON tree as YAML 1.2 for <c>/openapi.yaml</c>. Nested values become blocks. Names and values are
/// written as in JSON, which YAML reads the same way (YAML 1.2 §10.2), so that every reader treats "no" and "1.0" as
/// strings.</summary>
internal static class SpecificationYamlEmitter
{
    private const int Indent = 2;

    /// <summary>Returns the text in parts, one for each path and each member of the root.</summary>
    public static IEnumerable<string> Emit(JsonObject root)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in root)
        {
            text.Append(JsonText.Quoted(name)).Append(':');
            if (name != "paths" || value is not JsonObject { Count: > 0 } paths)
            {
                WriteValue(text, value, 0);
                yield return Taken(text);
                continue;
            }

            text.Append('\n');
            foreach (var (path, item) in paths)
            {
                text.Append(' ', Indent).Append(JsonText.Quoted(path)).Append(':');
                WriteValue(text, item, Indent);
                yield return Taken(text);
            }
        }
    }

    private static string Taken(StringBuilder text)
    {
        var taken = text.ToString();
        text.Clear();
        return taken;
    }

    private static void Write(StringBuilder text, JsonNode node, int indent)
    {
        if (node is JsonObject map)
        {
            foreach (var (name, value) in map)
            {
                text.Append(' ', indent).Append(JsonText.Quoted(name)).Append(':');
                WriteValue(text, value, indent);
            }
        }
        else
        {
            foreach (var item in (JsonArray)node)
            {
                text.Append(' ', indent).Append('-');
                WriteValue(text, item, indent);
            }
        }
    }

    private static void WriteValue(StringBuilder text, JsonNode? value, int indent)
    {
        if (value is JsonObject { Count: > 0 } or JsonArray { Count: > 0 })
        {
            text.Append('\n');
            Write(text, value, indent + Indent);
        }
        else
        {
            text.Append(' ').Append(value is null ? "null" : JsonText.Compact(value)).Append('\n');
        }
    }
}
