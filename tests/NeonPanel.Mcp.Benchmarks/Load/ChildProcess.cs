using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;

namespace NeonPanel.Mcp.Benchmarks.Load;

/// <summary>This program once more, in another role. Lines that begin with <c>#</c> are for us; the rest is its
/// log.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process process;
    private readonly Channel<string> lines = Channel.CreateUnbounded<string>();

    private ChildProcess(Process process)
    {
        this.process = process;
        _ = DrainAsync();
    }

    /// <summary>Starts a role and waits until it serves.</summary>
    public static async Task<ChildProcess> StartAsync(params string[] arguments)
    {
        var child = Start(arguments);
        await child.ReadAsync();
        return child;
    }

    /// <summary>Runs a role to its end, and returns what it says.</summary>
    public static async Task<string> RunAsync(params string[] arguments)
    {
        using var child = Start(arguments);
        return await child.ReadAsync();
    }

    /// <summary>Asks what the process has used so far.</summary>
    public async Task<Usage> UsageAsync()
    {
        await process.StandardInput.WriteLineAsync("usage");
        var parts = (await ReadAsync()).Split(' ');
        return new(
            double.Parse(parts[0], CultureInfo.InvariantCulture),
            long.Parse(parts[1], CultureInfo.InvariantCulture),
            long.Parse(parts[2], CultureInfo.InvariantCulture)
        );
    }

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
            Process.Start(
                new ProcessStartInfo(Environment.ProcessPath!, arguments)
                {
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                }
            )!
        );

    private async Task<string> ReadAsync() => await lines.Reader.ReadAsync();

    // All the time: a process whose log nobody reads comes to a halt.
    private async Task DrainAsync()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith('#'))
            {
                lines.Writer.TryWrite(line[1..]);
            }
        }

        lines.Writer.Complete(new InvalidOperationException("A process of the comparison ended."));
    }
}

/// <summary>The resources that a process has used since it began.</summary>
internal sealed record Usage(double CpuMilliseconds, long AllocatedBytes, long ResidentBytes);
