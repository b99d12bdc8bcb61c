namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>State of a circuit.</summary>
internal enum CircuitState
{
    /// <summary>Calls go to the API.</summary>
    Closed,

    /// <summary>One trial call is sent to see whether the API has recovered.</summary>
    Trying,

    /// <summary>Calls are paused.</summary>
    Open,
}
