namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>A call was not sent to the API.</summary>
/// <param name="reason">The reason.</param>
/// <param name="pause">How long the caller should wait.</param>
internal sealed class CallNotSentException(NotSentReason reason, TimeSpan pause, Exception? inner = null)
    : Exception(null, inner)
{
    public NotSentReason Reason => reason;

    public TimeSpan Pause => pause;
}

internal enum NotSentReason
{
    /// <summary>Calls of this user or of all users are paused, because the API kept failing.</summary>
    Paused,

    /// <summary>The limit of concurrent calls is reached, for this user or for all users together.</summary>
    Busy,
}
