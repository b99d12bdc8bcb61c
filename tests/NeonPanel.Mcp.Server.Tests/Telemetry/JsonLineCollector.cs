using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NeonPanel.Mcp.Server.Telemetry;

namespace NeonPanel.Mcp.Server.Tests.Telemetry;

/// <summary>Keeps the lines that the server writes to standard output in production.</summary>
internal sealed class JsonLineCollector(TimeProvider time) : ILoggerProvider
{
    private readonly ConcurrentQueue<string> lines = [];
    private readonly JsonLines formatter = new(time, new HttpContextAccessor());

    public IReadOnlyList<string> Lines => [.. lines];

    public IReadOnlyList<JsonObject> Records => [.. lines.Select(line => JsonNode.Parse(line)!.AsObject())];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
        // nothing is held
    }

    private sealed class Logger(JsonLineCollector owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            using var text = new StringWriter { NewLine = "\n" };
            owner.formatter.Write(
                new LogEntry<TState>(logLevel, category, eventId, state, exception, formatter),
                null,
                text
            );
            owner.lines.Enqueue(text.ToString());
        }
    }
}
