using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Generator.Texts;

/// <summary>Writes JSON: readable characters are not escaped, and line ends are LF.</summary>
internal static class JsonText
{
    // A document may have 128 levels, and the written text adds a few.
    private const int MaxDepth = 512;

    private static readonly JsonSerializerOptions CompactOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = MaxDepth,
    };

    private static readonly JsonSerializerOptions IndentedOptions = new(CompactOptions)
    {
        WriteIndented = true,
        NewLine = "\n",
    };

    public static string Compact(JsonNode node) => node.ToJsonString(CompactOptions);

    /// <summary>Returns a text as a JSON string.</summary>
    public static string Quoted(string text) =>
        "\"" + JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping) + "\"";

    /// <summary>Returns indented JSON that ends with a line end, for files that people review.</summary>
    public static string Indented(JsonNode node) => node.ToJsonString(IndentedOptions) + "\n";

    /// <summary>Returns indented JSON in parts, one for each step of the writer.</summary>
    /// <param name="write">Writes the JSON, and yields after each step.</param>
    public static IEnumerable<string> Indented(Func<Utf8JsonWriter, IEnumerable<bool>> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(
            buffer,
            new()
            {
                Indented = true,
                NewLine = "\n",
                Encoder = CompactOptions.Encoder,
            }
        );
        foreach (var _ in write(writer))
        {
            writer.Flush();
            yield return Encoding.UTF8.GetString(buffer.WrittenSpan);
            buffer.Clear();
        }

        writer.Flush();
        yield return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }
}
