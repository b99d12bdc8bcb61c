namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>Tells an API that hangs from one that takes its time over a single user's report.</summary>
internal sealed class UpstreamPulse(TimeProvider time)
{
    private long lastAnswer = long.MinValue;
    private string? lastWaiter;

    /// <summary>The API has answered somebody.</summary>
    public void Answered() => Volatile.Write(ref lastAnswer, time.GetTimestamp());

    /// <summary>Whether a call that waited in vain is held against the API: it answered nobody all the while, and another user's
    /// call waited in vain before.</summary>
    /// <param name="waited">How long the call has waited.</param>
    public bool IsMissing(string subject, TimeSpan waited)
    {
        var answered = Volatile.Read(ref lastAnswer);
        if (answered != long.MinValue && time.GetElapsedTime(answered) < waited)
        {
            return false;
        }

        return Interlocked.Exchange(ref lastWaiter, subject) is { } other && other != subject;
    }
}
