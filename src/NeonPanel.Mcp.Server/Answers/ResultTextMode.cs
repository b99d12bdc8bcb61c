namespace NeonPanel.Mcp.Server.Answers;

/// <summary>The content of the text block of a result (<c>Mcp:ResultText</c>).</summary>
internal enum ResultTextMode
{
    /// <summary>One sentence for a host that is known to read structured content, and the whole answer for all other
    /// hosts.</summary>
    Auto,

    /// <summary>The whole answer.</summary>
    Full,

    /// <summary>One sentence.</summary>
    Summary,
}
