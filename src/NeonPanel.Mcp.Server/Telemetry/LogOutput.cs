using System.Text;
using Microsoft.Extensions.Logging.Abstractions;

namespace NeonPanel.Mcp.Server.Telemetry;

/// <summary>Writes the lines of <see cref="JsonLines"/> to standard output, many lines per write. The framework's
/// console logger wakes a thread and writes for each line, which took a tenth of the time of a small call.</summary>
[ProviderAlias("Console")]
internal sealed class LogOutput : ILoggerProvider
{
    /// <summary>Most characters that wait for a slow reader. Above it, logging blocks the caller, as with the
    /// framework's console logger.</summary>
    private const int MaxWaiting = 1024 * 1024;

    [ThreadStatic]
    private static StringWriter? line;

    private readonly JsonLines formatter;
    private readonly StreamWriter output;
    private readonly TimeSpan gathering;
    private readonly Thread thread;
    private readonly object gate = new();
    private StringBuilder waiting = new();
    private StringBuilder leaving = new();
    private bool isUrgent;
    private bool isEnding;

    /// <param name="output">Standard output.</param>
    /// <param name="gathering">How long lines are collected before a write. An error triggers a write at once.</param>
    public LogOutput(JsonLines formatter, Stream output, TimeSpan gathering)
    {
        this.gathering = gathering;
        this.formatter = formatter;
        this.output = new(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        thread = new(Write) { IsBackground = true, Name = "Log output" };
        thread.Start();
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    /// <summary>Writes all waiting lines.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isEnding = true;
            Monitor.PulseAll(gate);
        }

        thread.Join();
    }

    private void Add<TState>(in LogEntry<TState> entry)
    {
        line ??= new();
        formatter.Write(entry, scopeProvider: null, line);
        var text = line.GetStringBuilder();
        lock (gate)
        {
            while (waiting.Length > MaxWaiting && !isEnding)
            {
                Monitor.Wait(gate);
            }

            var isFirst = waiting.Length == 0;
            waiting.Append(text);
            if (isFirst || entry.LogLevel >= LogLevel.Error || waiting.Length > MaxWaiting)
            {
                isUrgent |= !isFirst || entry.LogLevel >= LogLevel.Error;
                Monitor.PulseAll(gate);
            }
        }

        text.Clear();
    }

    private void Write()
    {
        while (true)
        {
            lock (gate)
            {
                while (waiting.Length == 0 && !isEnding)
                {
                    Monitor.Wait(gate);
                }

                if (!isUrgent && !isEnding)
                {
                    Monitor.Wait(gate, gathering);
                }

                if (waiting.Length == 0)
                {
                    return; // The output is closing.
                }

                (waiting, leaving) = (leaving, waiting);
                isUrgent = false;
                Monitor.PulseAll(gate);
            }

            try
            {
                output.Write(leaving);
                output.Flush();
            }
            catch (IOException)
            {
                // A failed write, such as on a full disk, loses these lines but does not stop the server. The
                // framework's console logger does the same.
            }

            leaving.Clear();
        }
    }

    private sealed class Logger(LogOutput output, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => output.Add(new LogEntry<TState>(logLevel, category, eventId, state, exception, formatter));
    }
}
