namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>Evidence of the API's health from the outcome of one call.</summary>
internal enum CallVerdict
{
    /// <summary>The API answered. A refusal (4xx) counts as an answer.</summary>
    Succeeded,

    /// <summary>The API failed.</summary>
    Failed,

    /// <summary>The call ended for another reason: the client left, or the operation is slow.</summary>
    Unknown,
}
