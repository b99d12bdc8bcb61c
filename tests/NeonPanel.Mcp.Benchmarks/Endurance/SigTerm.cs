using System.Diagnostics;
using System.Globalization;
using NeonPanel.Mcp.Benchmarks.Load;

namespace NeonPanel.Mcp.Benchmarks.Endurance;

/// <summary>SIGTERM while calls are under way and streams are open: calls end whole, streams end, the process ends with
/// 0 (rule F1).</summary>
internal static class SigTerm
{
    private const int Streams = 20;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(25);

    /// <param name="drainTime">The setting <c>Server:DrainTime</c>, or <see langword="null"/> for its default.</param>
    public static async Task<int> RunAsync(int runs, int port, string? drainTime)
    {
        var address = $"http://127.0.0.1:{port}";
        using var api = await ChildProcess.StartAsync("faulty-api", (port + 1).ToString(CultureInfo.InvariantCulture));
        await using var issuer = await Issuer.StartAsync(port + 2, address);
        var good = 0;
        for (var run = 1; run <= runs; run++)
        {
            using var server = await ServerProcess.StartAsync(port, address, port + 1, drainTime);
            good += await RunOneAsync(run, server, address, issuer) ? 1 : 0;
        }

        Console.WriteLine(
            $"{good} of {runs} runs without a failed call, with exit code 0, within {Longest.TotalSeconds} s"
        );
        return good == runs ? 0 : 1;
    }

    private static async Task<bool> RunOneAsync(int run, ServerProcess server, string address, Issuer issuer)
    {
        using var http = new HttpClient(LegacyStream.Handler())
        {
            BaseAddress = new(address),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        using var end = new CancellationTokenSource();
        var streams = new List<LegacyStream>();
        for (var stream = 0; stream < Streams; stream++)
        {
            streams.Add(await LegacyStream.OpenAsync(http, issuer.Token($"stream-{stream}"), end.Token));
        }

        var clients = new SteadyClients(address, issuer);
        var load = clients.RunAsync(end.Token);
        var ends = streams.Select(stream => stream.ReadToEndAsync(CancellationToken.None)).ToList();
        await Task.Delay(Random.Shared.Next(1000, 3000));
        var before = clients.Calls;
        var clock = Stopwatch.StartNew();
        server.Terminate();
        var code = await server.WaitForExitAsync(TimeSpan.FromMinutes(1));
        var seconds = clock.Elapsed.TotalSeconds;
        await end.CancelAsync();
        await load;
        var broken = ends.Count(stream => !stream.IsCompletedSuccessfully);
        streams.ForEach(stream => stream.Dispose());
        var isGood = clients.Failed == 0 && broken == 0 && code == 0 && seconds <= Longest.TotalSeconds;
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"run {run}: {clients.Calls} calls, {clients.Calls - before} of them after the signal, {clients.Failed} failed, {clients.Refused} refused a connection, {broken} of {Streams} streams broken, exit code {code} after {seconds:f1} s"
            )
        );
        foreach (var failure in clients.Failures.Distinct(StringComparer.Ordinal))
        {
            Console.WriteLine("  " + failure);
        }

        return isGood;
    }
}
