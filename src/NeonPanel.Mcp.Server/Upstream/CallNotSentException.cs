namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>A call was held back; nothing was sent.</summary>
/// <param name="reason">Why.</param>
/// <param name="pause">How long the caller should wait.</param>
internal sealed class CallNotSentException(NotSentReason reason, TimeSpan pause, Exception inner) : Exception(null, inner)
{
    public NotSentReason Reason => reason;

    public TimeSpan Pause => pause;
}

internal enum NotSentReason
{
    /// <summary>The API has been failing, and is left alone for a while.</summary>
    Paused,

    /// <summary>All places are taken: of this user, or of all together.</summary>
    Busy,
}
