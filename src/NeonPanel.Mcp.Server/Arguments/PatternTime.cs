namespace NeonPanel.Mcp.Server.Arguments;

/// <summary>The time that all patterns of one call may take together. Only patterns that backtrack count, because the
/// others run in linear time.</summary>
internal sealed class PatternTime
{
    /// <summary>The limit of one call. A single match has the same limit, so a call takes at most twice this
    /// time.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(50);

    private TimeSpan left = Limit;

    /// <summary>Gets whether the time is used up. The remaining patterns are then left to the API.</summary>
    public bool IsUsedUp => left <= TimeSpan.Zero;

    public void Spend(TimeSpan time) => left -= time;
}
