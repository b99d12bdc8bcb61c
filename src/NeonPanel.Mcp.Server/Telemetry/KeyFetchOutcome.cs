namespace NeonPanel.Mcp.Server.Telemetry;

/// <summary>How a fetch of the issuer's signing keys ended, as metrics count it.</summary>
internal enum KeyFetchOutcome
{
    /// <summary>The key set differs from the one before.</summary>
    Changed,

    /// <summary>The key set is the same as before.</summary>
    Unchanged,

    /// <summary>The key set contains no usable key.</summary>
    NoKeys,

    /// <summary>The key set could not be fetched or read.</summary>
    Failed,
}
