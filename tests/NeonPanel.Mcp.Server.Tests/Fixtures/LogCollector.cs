using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace NeonPanel.Mcp.Server.Tests.Fixtures;

/// <summary>Keeps what is logged, scopes and exceptions included.</summary>
internal sealed class LogCollector : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> lines = [];
    private readonly ConcurrentQueue<(string Part, TaskCompletionSource Logged)> awaited = [];

    public IEnumerable<string> Lines => lines;

    /// <summary>Waits until a line with this text has been logged.</summary>
    public Task WaitForAsync(string part)
    {
        var logged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        awaited.Enqueue((part, logged));
        foreach (var line in lines)
        {
            Announce(line);
        }

        return logged.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        lines.Enqueue("scope " + state);
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        var line = $"{logLevel} {eventId.Id} {formatter(state, exception)} {exception}";
        lines.Enqueue(line);
        Announce(line);
    }

    public void Dispose()
    {
        // nothing is held
    }

    private void Announce(string line)
    {
        foreach (var (part, logged) in awaited)
        {
            if (line.Contains(part, StringComparison.Ordinal))
            {
                logged.TrySetResult();
            }
        }
    }
}
