using System.Text;
using Microsoft.Extensions.Logging.Abstractions;

namespace NeonPanel.Mcp.Server.Telemetry;

/// <summary>Standard output for <see cref="JsonLines"/>, many with one write. The framework's console writes each line
/// by itself, with a thread woken for it: a tenth of what a small call cost.</summary>
[ProviderAlias("Console")]
internal sealed class LogOutput : ILoggerProvider
{
    /// <summary>Characters that may wait for a reader who is slow; then whoever logs waits, as with the framework's
    /// console.</summary>
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
    /// <param name="gathering">How long lines are gathered; an error takes all of them out at once.</param>
    public LogOutput(JsonLines formatter, Stream output, TimeSpan gathering)
    {
        this.gathering = gathering;
        this.formatter = formatter;
        this.output = new(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        thread = new(Write) { IsBackground = true, Name = "Log output" };
        thread.Start();
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    /// <summary>Writes what still waits.</summary>
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
                    return; // ending
                }

                (waiting, leaving, isUrgent) = (leaving, waiting, false);
                Monitor.PulseAll(gate);
            }

            try
            {
                output.Write(leaving);
                output.Flush();
            }
            catch (IOException)
            {
                // A full disk, say, costs these lines and not the server, as with the framework's console.
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
