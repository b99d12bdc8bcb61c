using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace NeonPanel.Mcp.Benchmarks;

/// <summary>The time that a published server takes from its start to its first answers, counted from before the process
/// exists.</summary>
internal static class StartUp
{
    private const string Initialize =
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"start-up","version":"1"}}}""";

    private const string List = """{"jsonrpc":"2.0","id":2,"method":"tools/list"}""";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync(string directory, int runs, int port)
    {
        var (initialized, used, listed) = (new List<double>(), new List<double>(), new List<double>());
        // Once before, so that the files are in memory, as those of an image are that was just pulled.
        for (var run = -1; run < runs; run++)
        {
            var times = await MeasureAsync(directory, port);
            if (run >= 0)
            {
                initialized.Add(times.Initialized.TotalSeconds);
                used.Add(times.Used.TotalSeconds);
                listed.Add(times.Listed.TotalSeconds);
            }
        }

        Console.WriteLine($"seconds from start, median of {runs} starts (least to most)");
        Print("first answer, to initialize", initialized);
        Print("CPU used by then, on all cores", used);
        Print("the list of all tools after it", listed);
        return 0;
    }

    private static async Task<(TimeSpan Initialized, TimeSpan Used, TimeSpan Listed)> MeasureAsync(
        string directory,
        int port
    )
    {
        using var http = new HttpClient { BaseAddress = new($"http://localhost:{port}") };
        http.DefaultRequestHeaders.Accept.ParseAdd("application/json, text/event-stream");
        var clock = Stopwatch.StartNew();
        using var server = Start(directory, port);
        try
        {
            while (!await AnswersAsync(http, Initialize))
            {
                if (server.HasExited || clock.Elapsed > Longest)
                {
                    throw new InvalidOperationException("The server did not start.");
                }

                await Task.Delay(Pause);
            }

            var (initialized, used) = (clock.Elapsed, server.TotalProcessorTime);
            return await AnswersAsync(http, List)
                ? (initialized, used, clock.Elapsed)
                : throw new InvalidOperationException("The server gave no list.");
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    private static Process Start(string directory, int port)
    {
        var program = Path.Combine(directory, "NeonPanel.Mcp.Server");
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? program + ".exe" : program)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
        };
        start.Environment["ASPNETCORE_URLS"] = start.Environment["Server__PublicUrl"] = $"http://localhost:{port}";
        var server = Process.Start(start)!;
        server.BeginOutputReadLine(); // read, so that it does not come to a halt
        return server;
    }

    private static async Task<bool> AnswersAsync(HttpClient http, string message)
    {
        try
        {
            using var content = new StringContent(message, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
            using var response = await http.PostAsync("/mcp", content);
            return response.EnsureSuccessStatusCode().IsSuccessStatusCode
                && (await response.Content.ReadAsStringAsync()).Contains("\"result\"", StringComparison.Ordinal);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ConnectionError)
        {
            return false; // nobody listens yet
        }
    }

    private static void Print(string what, List<double> seconds) =>
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"  {what, -31} {seconds.Order().ElementAt(seconds.Count / 2):f3} ({seconds.Min():f3} to {seconds.Max():f3})"
            )
        );
}
