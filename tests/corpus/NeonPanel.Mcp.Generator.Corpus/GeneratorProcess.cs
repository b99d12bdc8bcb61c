using System.Diagnostics;
using System.Globalization;
using NeonPanel.Mcp.Generator.Pipeline;

namespace NeonPanel.Mcp.Generator.Corpus;

/// <summary>The generator as its users run it: a process of its own, whose time and memory can be told.</summary>
internal static class GeneratorProcess
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(10);

    public static Result Generate(string specification, string output, TimeSpan limit)
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet"
        )
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (
            var argument in (string[])
                [
                    typeof(GenerationPipeline).Assembly.Location,
                    "generate",
                    "--spec",
                    specification,
                    "--out",
                    output,
                    "--namespace",
                    "Corpus",
                ]
        )
        {
            start.ArgumentList.Add(argument);
        }

        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var lines = process.StandardOutput.ReadToEndAsync();
        var peak = 0L;
        while (!process.WaitForExit(PollInterval))
        {
            peak = Math.Max(peak, PeakOf(process.Id));
            if (watch.Elapsed > limit)
            {
                process.Kill();
                process.WaitForExit();
                return new(-1, watch.Elapsed, peak, $"Killed after {limit.TotalSeconds} s.");
            }
        }

        return new(process.ExitCode, watch.Elapsed, peak, errors.Result + (process.ExitCode == 0 ? "" : lines.Result));
    }

    // Linux keeps the high-water mark; elsewhere the figure stays 0.
    private static long PeakOf(int id)
    {
        try
        {
            var line = File.ReadLines($"/proc/{id}/status")
                .FirstOrDefault(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null
                ? 0
                : long.Parse(
                    line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Split('\t')[^1],
                    CultureInfo.InvariantCulture
                ) * 1024;
        }
        catch (IOException)
        {
            return 0; // it has just ended
        }
    }

    internal sealed record Result(int ExitCode, TimeSpan Time, long PeakBytes, string Errors);
}
