namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>The time that all patterns of one call may take together. It only counts patterns that backtrack: the
/// others run in linear time.</summary>
internal sealed class PatternTime
{
    /// <summary>A single match is stopped after the same time, so that a call spends at most twice of it.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(50);

    private TimeSpan left = Limit;

    /// <summary>Gets whether the patterns that are left are not checked, but left to the API.</summary>
    public bool IsUsedUp => left <= TimeSpan.Zero;

    public void Spend(TimeSpan time) => left -= time;
}
