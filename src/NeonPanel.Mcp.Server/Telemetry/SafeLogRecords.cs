using OpenTelemetry;
using OpenTelemetry.Logs;

namespace NeonPanel.Mcp.Server.Telemetry;

/// <summary>Takes out of log records what may hold a call's data (rule F2): the message of an exception. Its type and where it was
/// thrown stay.</summary>
internal sealed class SafeLogRecords : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord data)
    {
        if (data.Exception is { } exception)
        {
            data.Exception = null;
            data.Attributes =
            [
                .. data.Attributes ?? [],
                new("exception.type", exception.GetType().FullName),
                new("exception.stacktrace", exception.StackTrace),
            ];
        }
    }
}
