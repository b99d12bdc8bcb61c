namespace NeonPanel.Mcp.Server.Tests.Fixtures;

/// <summary>Now, until it is moved on.</summary>
internal sealed class TestClock : TimeProvider
{
    private TimeSpan ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;

    public void Advance(TimeSpan time) => ahead += time;
}
