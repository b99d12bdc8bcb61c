namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>A call was held back; nothing was sent.</summary>
/// <param name="reason">Why.</param>
/// <param name="pause">How long the caller should wait.</param>
internal sealed class CallNotSentException(NotSentReason reason, TimeSpan pause, Exception? inner = null)
    : Exception(null, inner)
{
    public NotSentReason Reason => reason;

    public TimeSpan Pause => pause;
}

internal enum NotSentReason
{
    /// <summary>The API has been failing for this user or for all users, and gets a pause.</summary>
    Paused,

    /// <summary>All places are taken: of this user, or of all together.</summary>
    Busy,
}
