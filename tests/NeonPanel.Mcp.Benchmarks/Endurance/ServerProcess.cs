using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace NeonPanel.Mcp.Benchmarks.Endurance;

/// <summary>The server as it ships, as a process of its own with the settings of production.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Process process;
    private readonly Task reading;

    private ServerProcess(Process process)
    {
        this.process = process;
        reading = ReadAsync();
    }

    /// <summary>Gets the lines of its log at level error and above.</summary>
    public ConcurrentQueue<string> Errors { get; } = [];

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Starts it, and returns when it is ready.</summary>
    /// <param name="publicUrl">What clients type: its own address, or that of the proxy in front of it.</param>
    /// <param name="apiPort">Where the faulty API listens; the issuer listens on the port after it.</param>
    /// <param name="published">The folder of a published server; without it, the build beside this program is run.</param>
    public static async Task<ServerProcess> StartAsync(int port, string publicUrl, int apiPort, string? drainTime = null, string? published = null)
    {
        var start = new ProcessStartInfo(Path.Combine(published ?? AppContext.BaseDirectory, "NeonPanel.Mcp.Server"))
        {
            RedirectStandardOutput = true,
            Environment =
            {
                ["MALLOC_ARENA_MAX"] = "1", // as in the image
                ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}",
                ["Server__PublicUrl"] = publicUrl,
                ["Auth__Issuer"] = Issuer.Address(apiPort + 1),
                ["Upstream__BaseAddress"] = $"http://127.0.0.1:{apiPort}",
            },
        };
        if (drainTime is not null)
        {
            start.Environment["Server__DrainTime"] = drainTime;
        }

        var server = new ServerProcess(Process.Start(start)!);
        using var http = new HttpClient();
        for (var clock = Stopwatch.StartNew(); !await IsReadyAsync(http, port); await Task.Delay(Pause))
        {
            if (server.HasExited || clock.Elapsed > LongestStart)
            {
                server.Dispose();
                throw new InvalidOperationException("The server did not start.");
            }
        }

        return server;
    }

    /// <summary>Asks it to end, as an orchestrator does.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Ends it at once.</summary>
    public void Kill() => process.Kill();

    public async Task<int> WaitForExitAsync(TimeSpan longest)
    {
        await process.WaitForExitAsync().WaitAsync(longest);
        return process.ExitCode;
    }

    /// <summary>What it holds, as Linux tells it.</summary>
    public (double ResidentMegabytes, int Handles, int Threads) Measure()
    {
        var folder = $"/proc/{process.Id}";
        var status = File.ReadLines(folder + "/status").Select(line => line.Split(':')).ToDictionary(parts => parts[0], parts => parts[1].Trim());
        return (double.Parse(status["VmRSS"].Split(' ')[0], CultureInfo.InvariantCulture) / 1024,
            Directory.GetFileSystemEntries(folder + "/fd").Length, int.Parse(status["Threads"], CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }

        reading.Wait();
        process.Dispose();
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, int port)
    {
        try
        {
            using var response = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/readyz"));
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false; // it does not listen yet
        }
    }

    // All the time: a process whose log nobody reads comes to a halt.
    private async Task ReadAsync()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains("\"level\":\"error\"", StringComparison.Ordinal) || line.Contains("\"level\":\"critical\"", StringComparison.Ordinal))
            {
                Errors.Enqueue(line);
            }
        }
    }
}
