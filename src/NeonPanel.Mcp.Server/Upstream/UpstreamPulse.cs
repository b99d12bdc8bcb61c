namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>Distinguishes an API that hangs from an API that is slow for one operation.</summary>
internal sealed class UpstreamPulse(TimeProvider time)
{
    private long lastAnswer = long.MinValue;

    /// <summary>Records that the API answered a call.</summary>
    public void Answered() => Volatile.Write(ref lastAnswer, time.GetTimestamp());

    /// <summary>Returns whether the API answered no call while one call waited until its timeout.</summary>
    /// <param name="waited">How long the call waited.</param>
    public bool IsMissing(TimeSpan waited)
    {
        var answered = Volatile.Read(ref lastAnswer);
        return answered == long.MinValue || time.GetElapsedTime(answered) >= waited;
    }
}
