using System.Collections.Concurrent;
using System.Text.Json;

namespace NeonPanel.Mcp.Server.Telemetry;

/// <summary>Names of the fields of a log record, on standard output and at a collector: the value <c>UpstreamStatus</c>
/// gets the name <c>upstream_status</c>.</summary>
internal static class LogFields
{
    public const string CorrelationId = "correlation_id";

    private const int MaxNames = 1000;

    // The message template, and the fields that every line has.
    private static readonly HashSet<string> Own =
    [
        "{OriginalFormat}",
        "timestamp",
        "level",
        "category",
        "event_id",
        "event",
        "message",
        "trace_id",
        "span_id",
    ];

    private static readonly ConcurrentDictionary<string, string> Names = new(StringComparer.Ordinal);

    public static string NameOf(string key) => Names.TryGetValue(key, out var name) ? name : Remember(key);

    /// <summary>Returns whether every line already has a field of this name.</summary>
    public static bool IsOwn(string name) => Own.Contains(name);

    private static string Remember(string key)
    {
        var name = key.StartsWith('{') ? key : JsonNamingPolicy.SnakeCaseLower.ConvertName(key);
        if (Names.Count < MaxNames)
        {
            Names.TryAdd(key, name);
        }

        return name;
    }
}
