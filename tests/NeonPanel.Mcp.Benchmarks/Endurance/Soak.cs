using System.Diagnostics;
using System.Globalization;
using NeonPanel.Mcp.Benchmarks.Load;

namespace NeonPanel.Mcp.Benchmarks.Endurance;

/// <summary>The server under mixed load and faults for a long time: no answer may be wrong, and nothing may
/// grow.</summary>
internal sealed class Soak(ServerProcess server, SoakCalls calls, Users users, Tally tally, TimeSpan length)
{
    private const int CallsPerSecond = 200;
    private const int Workers = 64;
    private static readonly TimeSpan Sampling = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Line = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Collection = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Rotation = TimeSpan.FromMinutes(4);

    private readonly List<(TimeSpan At, double Value)> memory = [];
    private readonly List<(TimeSpan At, double Value)> handles = [];
    private readonly List<(TimeSpan At, double Value)> live = [];
    private readonly Stopwatch clock = Stopwatch.StartNew();

    /// <param name="published">The folder of a published server, native code too; without it, the build beside this
    /// program is run.</param>
    public static async Task<int> RunAsync(int minutes, int port, string? published = null)
    {
        var address = $"http://127.0.0.1:{port}";
        using var api = await ChildProcess.StartAsync("faulty-api", (port + 1).ToString(CultureInfo.InvariantCulture));
        await using var issuer = await Issuer.StartAsync(port + 2, address);
        using var server = await ServerProcess.StartAsync(port, address, port + 1, published: published);
        using var http = new HttpClient { BaseAddress = new(address), Timeout = Timeout.InfiniteTimeSpan };
        using var streams = new HttpClient(LegacyStream.Handler())
        {
            BaseAddress = new(address),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        var (users, tally) = (new Users(issuer), new Tally());
        var soak = new Soak(
            server,
            new SoakCalls(new(http), streams, users, new Weather(), tally),
            users,
            tally,
            TimeSpan.FromMinutes(minutes)
        );
        await soak.LoadAsync();
        var repeated = await http.GetStringAsync(new Uri($"http://127.0.0.1:{port + 1}{FaultyApi.Repeated}"));
        if (repeated != "0")
        {
            tally.Failed("write", $"{repeated} writes reached the API twice");
        }

        foreach (var line in server.Errors)
        {
            tally.Failed("log", "a line of level error", line);
        }

        soak.Conclude();
        return tally.Failures == 0 ? 0 : 1;
    }

    private async Task LoadAsync()
    {
        using var end = new CancellationTokenSource(length);
        using var pace = new Pace(CallsPerSecond);
        Task[] tasks =
        [
            pace.RunAsync(end.Token),
            WatchAsync(end.Token),
            WatchHeapAsync(pace, end.Token),
            RotateAsync(end.Token),
            .. Enumerable.Range(0, Workers).Select(_ => WorkAsync(pace, end.Token)),
        ];
        await Task.WhenAll(tasks)
            .ContinueWith(
                all => all.Exception?.Handle(fault => fault is OperationCanceledException),
                TaskScheduler.Default
            );
    }

    private async Task WorkAsync(Pace pace, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await pace.WaitAsync(cancellationToken);
            await calls.OneAsync();
        }
    }

    private async Task RotateAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Rotation);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            users.Rotate();
        }
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Sampling);
        var printed = TimeSpan.Zero;
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var (megabytes, open, threads) = server.Measure();
            memory.Add((clock.Elapsed, megabytes));
            handles.Add((clock.Elapsed, open));
            if (clock.Elapsed - printed < Line)
            {
                continue;
            }

            printed = clock.Elapsed;
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{clock.Elapsed:h\\:mm\\:ss}  {tally.Calls} calls ({tally.HeldBackCalls} held back), {tally.Failures} failures of ours, {megabytes:f1} MB resident, {(live.Count > 0 ? $"{live[^1].Value:f2} MB live, " : "")}{open} handles, {threads} threads, {calls.OpenStreams} streams  ({tally.ByKind})"
                )
            );
        }
    }

    // With hardly a call under way, as its answer would be measured too.
    private async Task WatchHeapAsync(Pace pace, CancellationToken cancellationToken)
    {
        if (!LiveHeap.IsMeasurable(server.Id))
        {
            return;
        }

        using var timer = new PeriodicTimer(Collection);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            pace.IsHeld = true;
            await Task.Delay(Quiet, cancellationToken);
            live.Add((clock.Elapsed, await LiveHeap.MeasureAsync(server.Id)));
            pace.IsHeld = false;
        }
    }

    private void Conclude()
    {
        var warm = length / 4;
        var late = memory.Where(point => point.At > warm).ToList();
        Console.WriteLine(
            $"{tally.Calls} calls, {tally.HeldBackCalls} of them held back while the API was down: {tally.ByKind}"
        );
        Console.WriteLine($"failures of ours: {tally.Failures} {tally.FailuresByKind}");
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{tally.Calls / length.TotalSeconds:f0} calls per second, {server.ProcessorTime.TotalSeconds / length.TotalSeconds:f2} cores of the server's"
            )
        );
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"after {warm.TotalMinutes:f1} min: resident {late.Min(point => point.Value):f1} to {late.Max(point => point.Value):f1} MB, slope {Trend.Of(late)} MB/h; of the least of each minute {Trend.Of(Trend.LeastOfMinutes(late))} MB/h"
            )
        );
        if (live.Where(point => point.At > warm).ToList() is { Count: > 0 } lasting)
        {
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"live on the managed heap after a full collection: {lasting.Min(point => point.Value):f2} to {lasting.Max(point => point.Value):f2} MB, slope {Trend.Of(lasting)} MB/h"
                )
            );
        }

        Console.WriteLine($"handles: slope {Trend.Of([.. handles.Where(point => point.At > warm)])} per hour");
    }
}
