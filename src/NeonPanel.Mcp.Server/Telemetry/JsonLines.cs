using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace NeonPanel.Mcp.Server.Telemetry;

/// <summary>Writes each log record as one line with a flat JSON object. CloudWatch Logs Insights discovers its fields
/// by itself (docs/operations.md). Of an exception, it writes type and place only: the message may contain data of a
/// call (rule F2).</summary>
internal sealed class JsonLines(TimeProvider time, IHttpContextAccessor accessor) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "json-lines";

    // The JSON never becomes part of HTML.
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override void Write<TState>(
        in LogEntry<TState> logEntry,
        IExternalScopeProvider? scopeProvider,
        TextWriter textWriter
    )
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Json))
        {
            writer.WriteStartObject();
            writer.WriteString("timestamp", time.GetUtcNow().UtcDateTime);
            writer.WriteString("level", LevelOf(logEntry.LogLevel));
            writer.WriteString("category", logEntry.Category);
            writer.WriteNumber("event_id", logEntry.EventId.Id);
            if (logEntry.EventId.Name is { } name)
            {
                writer.WriteString("event", LogFields.NameOf(name));
            }

            writer.WriteString("message", logEntry.Formatter(logEntry.State, null));
            WriteFields(writer, logEntry.State as IReadOnlyList<KeyValuePair<string, object?>> ?? []);
            WriteException(writer, logEntry.Exception);
            writer.WriteEndObject();
        }

        textWriter.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private void WriteFields(Utf8JsonWriter writer, IReadOnlyList<KeyValuePair<string, object?>> state)
    {
        var isCorrelated = false;
        foreach (var (key, value) in state)
        {
            var name = LogFields.NameOf(key);
            if (!LogFields.IsOwn(name))
            {
                isCorrelated |= name == LogFields.CorrelationId;
                WriteField(writer, name, value);
            }
        }

        // A call on the older transport lasts longer than its HTTP request, so its record already has the id.
        if (!isCorrelated && accessor.HttpContext?.TraceIdentifier is { } id)
        {
            writer.WriteString(LogFields.CorrelationId, id);
        }

        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } span)
        {
            writer.WriteString("trace_id", span.TraceId.ToHexString());
            writer.WriteString("span_id", span.SpanId.ToHexString());
        }
    }

    private static void WriteField(Utf8JsonWriter writer, string name, object? value)
    {
        switch (value)
        {
            case null:
                break;
            case bool flag:
                writer.WriteBoolean(name, flag);
                break;
            case int number:
                writer.WriteNumber(name, number);
                break;
            case long number:
                writer.WriteNumber(name, number);
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumber(name, number);
                break;
            default:
                writer.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static void WriteException(Utf8JsonWriter writer, Exception? exception)
    {
        if (exception is not null)
        {
            writer.WriteString("exception", exception.GetType().FullName);
            writer.WriteString("stack_trace", exception.StackTrace);
        }
    }

    private static string LevelOf(LogLevel level) =>
        level switch
        {
            LogLevel.Trace => "trace",
            LogLevel.Debug => "debug",
            LogLevel.Information => "info",
            LogLevel.Warning => "warn",
            LogLevel.Error => "error",
            _ => "critical",
        };
}
