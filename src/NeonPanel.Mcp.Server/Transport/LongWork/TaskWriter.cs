using System.Buffers;
using System.Globalization;
using System.Text.Json;
using NeonPanel.Mcp.Server.Answers;

namespace NeonPanel.Mcp.Server.Transport.LongWork;

/// <summary>Writes the results of the tasks extension as JSON text: a task is flat, without a member around it
/// (SEP-2663).</summary>
internal static class TaskWriter
{
    /// <summary>Writes a task.</summary>
    /// <param name="resultType"><c>task</c> for the result of <c>tools/call</c>, otherwise <c>complete</c>.</param>
    /// <param name="now">The time at which the API showed the state. The server remembers no earlier one.</param>
    /// <param name="serverInfo">The server's name and version as JSON text.</param>
    public static void Write(
        IBufferWriter<byte> output,
        string resultType,
        LongTask task,
        TaskState state,
        DateTimeOffset now,
        string serverInfo
    )
    {
        using (var writer = new Utf8JsonWriter(output, AnswerText.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("resultType", resultType);
            writer.WriteString("taskId", task.Id);
            writer.WriteString("status", state.Status);
            if (state.Message is { } message)
            {
                writer.WriteString("statusMessage", message);
            }

            writer.WriteString("createdAt", Text(task.CreatedAt));
            writer.WriteString("lastUpdatedAt", Text(now));
            writer.WriteNumber("ttlMs", (long)TaskIds.Life.TotalMilliseconds);
            if (state.Pause is { } pause)
            {
                writer.WriteNumber("pollIntervalMs", (long)pause.TotalMilliseconds);
            }

            WriteMeta(writer, serverInfo);
            if (state.Result is null)
            {
                writer.WriteEndObject();
                return;
            }

            writer.WritePropertyName("result");
        }

        // The same text as that of a call that waits for the end of its work.
        ResultWriter.Write(output, task.Tool, state.Result, challenge: null, serverInfo);
        output.Write("}"u8);
    }

    /// <summary>Writes an acknowledgement, which contains nothing of the task.</summary>
    public static void WriteAcknowledgement(IBufferWriter<byte> output, string serverInfo)
    {
        using var writer = new Utf8JsonWriter(output, AnswerText.WriterOptions);
        writer.WriteStartObject();
        writer.WriteString("resultType", "complete");
        WriteMeta(writer, serverInfo);
        writer.WriteEndObject();
    }

    private static void WriteMeta(Utf8JsonWriter writer, string serverInfo)
    {
        writer.WriteStartObject("_meta");
        writer.WritePropertyName("io.modelcontextprotocol/serverInfo");
        writer.WriteRawValue(serverInfo, skipInputValidation: true);
        writer.WriteEndObject();
    }

    private static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
