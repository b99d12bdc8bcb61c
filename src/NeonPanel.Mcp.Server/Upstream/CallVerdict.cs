namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>What the outcome of a call shows about the API's health.</summary>
internal enum CallVerdict
{
    /// <summary>The API answered. A refusal (4xx) counts as an answer.</summary>
    Succeeded,

    /// <summary>The API failed.</summary>
    Failed,

    /// <summary>The call ended for another reason: the client left, or the operation is slow.</summary>
    Unknown,
}
