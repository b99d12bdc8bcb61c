using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NeonPanel.Mcp.Server.Discovery;

/// <summary>Writes JSON documents.</summary>
internal static class DocumentWriter
{
    /// <summary>Writes an object.</summary>
    /// <param name="members">Writes the members.</param>
    public static byte[] Json(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static void Strings(Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }
}
