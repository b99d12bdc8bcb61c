using System.Diagnostics;

namespace NeonPanel.Mcp.Benchmarks.Endurance;

/// <summary>Lets so many calls begin in a second, and no more later for those that could not begin in time.</summary>
internal sealed class Pace(int perSecond) : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    private readonly SemaphoreSlim due = new(0);

    /// <summary>Whether none may begin just now.</summary>
    public volatile bool IsHeld;

    public Task WaitAsync(CancellationToken cancellationToken) => due.WaitAsync(cancellationToken);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Tick);
        var (clock, begun) = (Stopwatch.StartNew(), 0L);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var all = (long)(clock.Elapsed.TotalSeconds * perSecond);
            var now = (int)Math.Min(all - begun, perSecond - due.CurrentCount);
            if (now > 0 && !IsHeld)
            {
                due.Release(now);
            }

            begun = all;
        }
    }

    public void Dispose() => due.Dispose();
}
