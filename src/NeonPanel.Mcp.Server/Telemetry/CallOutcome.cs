namespace NeonPanel.Mcp.Server.Telemetry;

/// <summary>How a tool call ended, as metrics, spans and logs count it.</summary>
internal enum CallOutcome
{
    /// <summary>The caller has an answer of the API.</summary>
    Ok,

    /// <summary>The caller has a message about a failure.</summary>
    Error,

    /// <summary>The server has a defect.</summary>
    Fault,

    /// <summary>The caller cancelled, or the client left.</summary>
    Abandoned,
}
