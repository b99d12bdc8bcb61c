namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>State of a circuit.</summary>
internal enum CircuitState
{
    /// <summary>Calls go to the API.</summary>
    Closed,

    /// <summary>One call tries whether the API has recovered.</summary>
    Trying,

    /// <summary>Calls are paused.</summary>
    Open,
}
