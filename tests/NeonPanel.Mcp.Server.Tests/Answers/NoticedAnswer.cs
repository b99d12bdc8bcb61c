using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using NeonPanel.Mcp.Server.ToolResults;

namespace NeonPanel.Mcp.Server.Tests.Answers;

/// <summary>The structured content of a result as a client gets it.</summary>
internal static class NoticedAnswer
{
    public static ReadOnlyMemory<byte> Of(ToolResult result)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (
            var writer = new Utf8JsonWriter(
                buffer,
                new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }
            )
        )
        {
            Notice.Write(writer, result);
        }

        return buffer.WrittenMemory;
    }
}
