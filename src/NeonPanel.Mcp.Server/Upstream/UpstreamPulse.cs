namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>Distinguishes an API that hangs from an API that takes long for one report.</summary>
internal sealed class UpstreamPulse(TimeProvider time)
{
    private long lastAnswer = long.MinValue;

    /// <summary>Notes that the API answered somebody.</summary>
    public void Answered() => Volatile.Write(ref lastAnswer, time.GetTimestamp());

    /// <summary>Returns whether the API answered nobody while a call waited in vain.</summary>
    /// <param name="waited">How long the call waited.</param>
    public bool IsMissing(TimeSpan waited)
    {
        var answered = Volatile.Read(ref lastAnswer);
        return answered == long.MinValue || time.GetElapsedTime(answered) >= waited;
    }
}
