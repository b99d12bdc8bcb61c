namespace NeonPanel.Mcp.Generator.Pipeline;

/// <summary>The source of a tool's number of tokens.</summary>
internal enum TokenUse
{
    /// <summary>The tokens are counted.</summary>
    Counted,

    /// <summary>An unchanged tool uses the number in the lock, because loading the vocabulary takes half a
    /// second.</summary>
    Locked,
}
