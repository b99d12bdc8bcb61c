using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using NeonPanel.Mcp.Server.ToolResults;
using NeonPanel.Mcp.Server.Transport.Forms;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Transport;

/// <summary>Writes the <c>result</c> of <c>tools/call</c> as JSON text. The bytes of the API's response are copied
/// without change.</summary>
internal static class ResultWriter
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <param name="challenge">The challenge that makes the client sign in again (rule B5), or
    /// <see langword="null"/>.</param>
    /// <param name="serverInfo">The server's name and version as JSON text for revision 2026-07-28 and later, otherwise
    /// <see langword="null"/>.</param>
    public static void Write(
        IBufferWriter<byte> output,
        ToolDescriptor tool,
        ToolResult result,
        string? challenge,
        string? serverInfo
    )
    {
        using var writer = new Utf8JsonWriter(output, Options);
        writer.WriteStartObject();
        if (result.Form is { } form)
        {
            FormWriter.Write(writer, form);
            WriteEnd(writer, challenge, serverInfo, "input_required");
            return;
        }

        writer.WriteStartArray("content");
        WriteText(writer, result);
        if (Notice.Text(result) is { } notice)
        {
            WriteText(writer, notice);
        }

        if (result.Attachment is { } attachment)
        {
            Write(writer, tool, attachment);
        }

        writer.WriteEndArray();
        if (!result.Structured.IsEmpty)
        {
            writer.WritePropertyName("structuredContent");
            Notice.Write(writer, result);
        }

        writer.WriteBoolean("isError", result.IsError);
        WriteEnd(writer, challenge, serverInfo, "complete");
    }

    private static void WriteEnd(Utf8JsonWriter writer, string? challenge, string? serverInfo, string type)
    {
        if (challenge is not null || serverInfo is not null)
        {
            WriteMeta(writer, challenge, serverInfo);
        }

        if (serverInfo is not null)
        {
            writer.WriteString("resultType", type);
        }

        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, ToolResult result)
    {
        if (result.Text is { } text)
        {
            WriteText(writer, text);
            return;
        }

        if (result.Structured.IsEmpty)
        {
            return; // the attachment is the whole answer
        }

        writer.WriteStartObject();
        writer.WriteString("type", "text");
        writer.WriteString("text", result.Structured.Span);
        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, string text)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "text");
        writer.WriteString("text", text);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ToolDescriptor tool, Attachment attachment)
    {
        var isResource = attachment.BlockType == "resource";
        writer.WriteStartObject();
        writer.WriteString("type", attachment.BlockType);
        if (isResource)
        {
            writer.WriteStartObject("resource");
            writer.WriteString("uri", $"answer://{tool.Name}");
        }

        writer.WriteBase64String(isResource ? "blob" : "data", attachment.Bytes.Span);
        writer.WriteString("mimeType", attachment.MediaType);
        if (isResource)
        {
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteMeta(Utf8JsonWriter writer, string? challenge, string? serverInfo)
    {
        writer.WriteStartObject("_meta");
        if (challenge is not null)
        {
            writer.WriteStartArray("mcp/www_authenticate");
            writer.WriteStringValue(challenge);
            writer.WriteEndArray();
        }

        if (serverInfo is not null)
        {
            writer.WritePropertyName("io.modelcontextprotocol/serverInfo");
            writer.WriteRawValue(serverInfo, skipInputValidation: true);
        }

        writer.WriteEndObject();
    }
}
