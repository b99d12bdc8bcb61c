namespace NeonPanel.Mcp.Server.Calls.Repeats;

/// <summary>The state of a write.</summary>
internal enum WriteState
{
    /// <summary>The write was sent, and has not ended.</summary>
    Running,

    /// <summary>The API confirmed the write.</summary>
    Done,

    /// <summary>Nobody knows whether the write took effect.</summary>
    Unknown,
}
