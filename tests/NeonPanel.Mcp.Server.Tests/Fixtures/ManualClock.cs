using Microsoft.Extensions.Time.Testing;

namespace NeonPanel.Mcp.Server.Tests.Fixtures;

/// <summary>Stands still until it is moved on; only short pauses, as between repetitions, pass at once.</summary>
internal sealed class ManualClock() : FakeTimeProvider(System.GetUtcNow())
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(2);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero && dueTime <= Short && period == Timeout.InfiniteTimeSpan)
        {
            ThreadPool.QueueUserWorkItem(_ => Advance(dueTime));
        }

        return timer;
    }
}
