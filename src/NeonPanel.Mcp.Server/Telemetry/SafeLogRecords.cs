using OpenTelemetry;
using OpenTelemetry.Logs;

namespace NeonPanel.Mcp.Server.Telemetry;

/// <summary>Changes log records for a collector: gives values the field names of standard output, and removes exception
/// messages, which may contain data of a call (rule F2). The exception's type and place remain.</summary>
internal sealed class SafeLogRecords(IHttpContextAccessor accessor) : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord data)
    {
        var attributes = new List<KeyValuePair<string, object?>>();
        foreach (var (key, value) in data.Attributes ?? [])
        {
            if (LogFields.NameOf(key) is var name && !LogFields.IsOwn(name))
            {
                attributes.Add(new(name, value));
            }
        }

        if (
            !attributes.Exists(attribute => attribute.Key == LogFields.CorrelationId)
            && accessor.HttpContext?.TraceIdentifier is { } id
        )
        {
            attributes.Add(new(LogFields.CorrelationId, id));
        }

        if (data.Exception is { } exception)
        {
            data.Exception = null;
            attributes.Add(new("exception.type", exception.GetType().FullName));
            attributes.Add(new("exception.stacktrace", exception.StackTrace));
        }

        data.Attributes = attributes;
    }
}
