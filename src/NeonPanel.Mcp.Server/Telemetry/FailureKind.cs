namespace NeonPanel.Mcp.Server.Telemetry;

/// <summary>The kinds of failure of a tool call, as metrics and logs count them (docs/operations.md).</summary>
internal enum FailureKind
{
    /// <summary>The call succeeded.</summary>
    None,

    /// <summary>The caller cancelled, or the client left.</summary>
    Abandoned,

    /// <summary>A defect of the server.</summary>
    Fault,

    /// <summary>The tool was removed.</summary>
    Retired,

    /// <summary>The arguments are not valid; nothing was sent.</summary>
    Arguments,

    /// <summary>The API did not answer in time.</summary>
    Timeout,

    /// <summary>The API answered with a status of failure.</summary>
    Status,

    /// <summary>Nothing was sent, because the API has been failing.</summary>
    Paused,

    /// <summary>Nothing was sent, because a limit of requests is reached.</summary>
    Busy,

    /// <summary>Nothing was sent, because the outcome of the same write before is unknown.</summary>
    Repeat,

    /// <summary>Nothing was sent yet, because the user is asked with a form.</summary>
    Asked,

    /// <summary>Nothing was sent, because the user refused a form.</summary>
    Declined,

    /// <summary>There is no credential for the API.</summary>
    Credential,

    /// <summary>The answer is larger or nested deeper than the server passes on.</summary>
    TooLarge,

    /// <summary>The connection to the API failed.</summary>
    Connection,

    /// <summary>The answer is not JSON.</summary>
    NotJson,

    /// <summary>Any other failure.</summary>
    Other,
}
