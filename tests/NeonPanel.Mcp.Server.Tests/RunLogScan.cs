using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests;

/// <summary>Reads every line that the servers of the whole run log, and finds no token, no argument and no query in
/// them (rule F2). Stands above the namespaces of the tests, so that it frames all of them.</summary>
[SetUpFixture]
internal sealed partial class RunLogScan
{
    // Tokens of the tests are signed and begin with an encoded {"alg"; the others are arguments and queries that the
    // tests use everywhere.
    private static readonly string[] Secrets =
    [
        "eyJhbGciOi",
        "7c1e4b52-93af-4d06-8b1a-5e20c7d94f31",
        "2d9b6f04-7a51-4c38-b6e2-f51c0a94d873",
        "s3cret",
        "per_page=",
        "SPP-6093",
    ];

    private static readonly ConcurrentQueue<string> Findings = [];
    private static int lines;

    /// <summary>Has the lines of a server read, at the level of production.</summary>
    public static void Watch(ILoggingBuilder logging) =>
        logging.AddProvider(new Reader()).AddFilter<Reader>("NeonPanel.Mcp.Server", LogLevel.Information);

    [OneTimeTearDown]
    public void Check()
    {
        TestContext.Out.WriteLine($"{lines} lines of log were read.");
        Assert.That(Findings.Take(5), Is.Empty);
    }

    [GeneratedRegex("(?<=^tool_call [^,]*, [^,]*, [^,]*, [^,]*), write [^ ,]+,")]
    private static partial Regex WrittenRecord();

    private sealed class Reader : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

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
            Interlocked.Increment(ref lines);
            // The line of a write has the id of its record (docs/operations.md).
            var line = WrittenRecord().Replace($"{eventId} {formatter(state, exception)} {exception}", ", write ID,");
            if (Array.Exists(Secrets, secret => line.Contains(secret, StringComparison.OrdinalIgnoreCase)))
            {
                Findings.Enqueue(line);
            }
        }

        public void Dispose()
        {
            // nothing is held
        }
    }
}
