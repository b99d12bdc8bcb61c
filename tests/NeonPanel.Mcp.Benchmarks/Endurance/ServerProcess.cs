using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace NeonPanel.Mcp.Benchmarks.Endurance;

/// <summary>The server as it ships, as a process of its own with the settings of production.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Process process;
    private readonly Task reading;
    private int logLines;
    private long logLength;

    private ServerProcess(Process process)
    {
        this.process = process;
        reading = ReadAsync();
    }

    /// <summary>Gets the lines of its log at level error and above.</summary>
    public ConcurrentQueue<string> Errors { get; } = [];

    /// <summary>Gets how many lines it has logged.</summary>
    public int LogLines => logLines;

    /// <summary>Gets the characters of its log so far.</summary>
    public long LogLength => Interlocked.Read(ref logLength);

    /// <summary>Gets the last line of its log.</summary>
    public string LastLogLine { get; private set; } = "";

    /// <summary>Gets the longest line of its log.</summary>
    public string LongestLogLine { get; private set; } = "";

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
    /// <param name="published">The folder of a published server; without it, the build beside this program is
    /// run.</param>
    public static Task<ServerProcess> StartAsync(
        int port,
        string publicUrl,
        int apiPort,
        string? drainTime = null,
        string? published = null
    ) =>
        StartAsync(
            new(port, publicUrl, apiPort)
            {
                Published = published,
                Settings = drainTime is null ? [] : new() { ["Server__DrainTime"] = drainTime },
            }
        );

    public static async Task<ServerProcess> StartAsync(ServerStart how)
    {
        var program = Path.Combine(how.Published ?? AppContext.BaseDirectory, "NeonPanel.Mcp.Server");
        var start = new ProcessStartInfo(
            how.Launcher.Count > 0 ? how.Launcher[0] : program,
            how.Launcher.Count > 0 ? [.. how.Launcher.Skip(1), program] : []
        )
        {
            RedirectStandardOutput = true,
            Environment =
            {
                ["MALLOC_ARENA_MAX"] = "1", // as in the image
                ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{how.Port}",
                ["Server__PublicUrl"] = how.PublicUrl,
                ["Auth__Issuer"] = Issuer.Address(how.ApiPort + 1),
                ["Upstream__BaseAddress"] = $"http://127.0.0.1:{how.ApiPort}",
            },
        };
        foreach (var (name, value) in how.Settings)
        {
            start.Environment[name] = value;
        }

        var server = new ServerProcess(Process.Start(start)!);
        using var http = new HttpClient();
        for (var clock = Stopwatch.StartNew(); !await IsReadyAsync(http, how); await Task.Delay(Pause))
        {
            if (server.HasExited || clock.Elapsed > LongestStart)
            {
                var reason = server.HasExited
                    ? $"it ended with {server.process.ExitCode}, after the line: {server.LastLogLine}"
                    : $"it was not ready within {LongestStart.TotalSeconds} s";
                server.Dispose();
                throw new InvalidOperationException($"The server did not start: {reason}");
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

    /// <summary>The memory, handles and threads that the process holds, as Linux reports them.</summary>
    public (double ResidentMegabytes, int Handles, int Threads) Measure()
    {
        var status = Status();
        return (
            Megabytes(status["VmRSS"]),
            Directory.GetFileSystemEntries($"/proc/{process.Id}/fd").Length,
            int.Parse(status["Threads"], CultureInfo.InvariantCulture)
        );
    }

    /// <summary>Returns the most resident memory since its start, in MB, as the kernel counts it.</summary>
    public double PeakResident() => Megabytes(Status()["VmHWM"]);

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

    private Dictionary<string, string> Status() =>
        File.ReadLines($"/proc/{process.Id}/status")
            .Select(line => line.Split(':'))
            .ToDictionary(parts => parts[0], parts => parts[1].Trim());

    private static double Megabytes(string kilobytes) =>
        double.Parse(kilobytes.Split(' ')[0], CultureInfo.InvariantCulture) / 1024;

    private static async Task<bool> IsReadyAsync(HttpClient http, ServerStart how)
    {
        try
        {
            using var response = await http.GetAsync(new Uri($"http://127.0.0.1:{how.Port}{how.ReadyPath}"));
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
            logLines++;
            LastLogLine = line;
            Interlocked.Add(ref logLength, line.Length);
            LongestLogLine = line.Length > LongestLogLine.Length ? line : LongestLogLine;
            if (
                line.Contains("\"level\":\"error\"", StringComparison.Ordinal)
                || line.Contains("\"level\":\"critical\"", StringComparison.Ordinal)
            )
            {
                Errors.Enqueue(line);
            }
        }
    }
}
