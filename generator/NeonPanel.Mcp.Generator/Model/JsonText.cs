using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Generator.Model;

/// <summary>JSON as it is written: readable characters unescaped, LF.</summary>
internal static class JsonText
{
    // A document may be nested 128 levels deep, and what is written of it adds a few.
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

    /// <summary>A text as a JSON string.</summary>
    public static string Quoted(string text) =>
        "\"" + JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping) + "\"";

    /// <summary>Indented, with a line end at the end: for files that people review.</summary>
    public static string Indented(JsonNode node) => node.ToJsonString(IndentedOptions) + "\n";

    /// <summary>The same of what is written step by step: a text for each step.</summary>
    /// <param name="write">Writes, and yields after each step.</param>
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
