using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;

namespace NeonPanel.Mcp.Benchmarks.Load;

/// <summary>This program once more, in another role. Lines that begin with <c>#</c> are for us; the rest is its
/// log.</summary>
internal sealed class ChildProcess : IDisposable
{
    private const char Mark = '#';

    // On a busy machine, a start takes half a minute, and a round of calls about as long.
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromMinutes(1);

    private readonly string name;
    private readonly Process process;
    private readonly Channel<string> lines = Channel.CreateUnbounded<string>();

    private ChildProcess(string name, Process process)
    {
        this.name = name;
        this.process = process;
        _ = DrainAsync();
    }

    /// <summary>Starts a role and waits until it serves.</summary>
    public static async Task<ChildProcess> StartAsync(params string[] arguments)
    {
        var child = Start(arguments);
        try
        {
            await child.ReadAsync("its start", LongestStart);
            return child;
        }
        catch
        {
            child.Dispose();
            throw;
        }
    }

    /// <summary>Runs a role to its end, and returns what it says.</summary>
    public static async Task<string> RunAsync(params string[] arguments)
    {
        using var child = Start(arguments);
        return await child.ReadAsync("its end", LongestRun);
    }

    /// <summary>Asks what the process has used so far.</summary>
    public async Task<Usage> UsageAsync()
    {
        await process.StandardInput.WriteLineAsync("usage");
        var parts = (await ReadAsync("what it has used", LongestAnswer)).Split(' ');
        return new(
            double.Parse(parts[0], CultureInfo.InvariantCulture),
            long.Parse(parts[1], CultureInfo.InvariantCulture),
            long.Parse(parts[2], CultureInfo.InvariantCulture)
        );
    }

    /// <summary>Tells the parent something. The line begins with a line end, because the log of a server is written in
    /// blocks that may end in the middle of a line: behind such a block, the parent would take the text for a part of
    /// the log, and wait for ever.</summary>
    public static void Tell(string text) => Console.Write($"\n{Mark}{text}\n");

    public void Dispose()
    {
        process.StandardInput.Close();
        if (!process.WaitForExit(TimeSpan.FromSeconds(10)))
        {
            process.Kill();
        }

        process.Dispose();
    }

    private static ChildProcess Start(string[] arguments) =>
        new(
            string.Join(' ', arguments.Take(2)),
            Process.Start(
                new ProcessStartInfo(Environment.ProcessPath!, arguments)
                {
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                }
            )!
        );

    private async Task<string> ReadAsync(string what, TimeSpan limit)
    {
        try
        {
            return await lines.Reader.ReadAsync().AsTask().WaitAsync(limit);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException(
                $"The process '{name}' did not tell {what} within {limit.TotalMinutes:0} min. It {(process.HasExited ? "has ended" : "still runs")}."
            );
        }
    }

    // All the time: a process whose log nobody reads comes to a halt.
    private async Task DrainAsync()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(Mark))
            {
                lines.Writer.TryWrite(line[1..]);
            }
        }

        lines.Writer.Complete(new InvalidOperationException($"The process '{name}' ended."));
    }
}

/// <summary>The resources that a process has used since it began.</summary>
internal sealed record Usage(double CpuMilliseconds, long AllocatedBytes, long ResidentBytes);
