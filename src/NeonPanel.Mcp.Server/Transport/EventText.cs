using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace NeonPanel.Mcp.Server.Transport;

/// <summary>Writes server-sent events.</summary>
internal static class EventText
{
    private static readonly JsonTypeInfo MessageType = McpJsonUtilities.DefaultOptions.GetTypeInfo(
        typeof(JsonRpcMessage)
    );

    // The JSON never becomes part of HTML. The default encoder would write every quotation mark as six characters.
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Gets the beginning of an event that carries a message.</summary>
    public static ReadOnlySpan<byte> Start => "event: message\ndata: "u8;

    /// <summary>Gets the end of an event.</summary>
    public static ReadOnlySpan<byte> End => "\n\n"u8;

    /// <summary>Gets a comment, which clients ignore (HTML, Server-sent events, §9.2.6).</summary>
    public static ReadOnlyMemory<byte> Comment { get; } = ":\n\n"u8.ToArray();

    /// <summary>Returns the event that carries a message.</summary>
    public static ReadOnlyMemory<byte> Of(JsonRpcMessage message)
    {
        var buffer = new ArrayBufferWriter<byte>();
        buffer.Write(Start);
        using (var writer = new Utf8JsonWriter(buffer, Json))
        {
            JsonSerializer.Serialize(writer, message, MessageType);
        }

        buffer.Write(End);
        return buffer.WrittenMemory;
    }
}
