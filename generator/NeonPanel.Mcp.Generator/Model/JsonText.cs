using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Generator.Model;

/// <summary>JSON as it is written: readable characters unescaped, LF.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions CompactOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions IndentedOptions = new(CompactOptions) { WriteIndented = true, NewLine = "\n" };

    public static string Compact(JsonNode node) => node.ToJsonString(CompactOptions);

    /// <summary>A text as a JSON string.</summary>
    public static string Quoted(string text) => "\"" + JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping) + "\"";

    /// <summary>Indented, with a line end at the end: for files that people review.</summary>
    public static string Indented(JsonNode node) => node.ToJsonString(IndentedOptions) + "\n";
}
