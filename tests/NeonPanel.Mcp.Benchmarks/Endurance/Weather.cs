using System.Diagnostics;

namespace NeonPanel.Mcp.Benchmarks.Endurance;

/// <summary>When the API is down: at intervals, and long enough for the breaker to open.</summary>
internal sealed class Weather
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(150);
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(30);

    // Two breaks of the breaker and more: the call that tries may meet a fault of its own.
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(50);

    private readonly Stopwatch clock = Stopwatch.StartNew();

    /// <summary>Gets whether all calls fail at the API now.</summary>
    public bool IsDown => Within(Length);

    /// <summary>Gets whether the server may hold calls back now.</summary>
    public bool MayPause => Within(Length + Recovery);

    private bool Within(TimeSpan length)
    {
        var since = (clock.Elapsed.TotalSeconds % Period.TotalSeconds) - Start.TotalSeconds;
        return since >= 0 && since < length.TotalSeconds;
    }
}
