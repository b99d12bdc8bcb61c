namespace NeonPanel.Mcp.Server.Telemetry;

/// <summary>What a tool call is for, as logs tell it.</summary>
internal enum CallEffect
{
    /// <summary>The tool only reads.</summary>
    Read,

    /// <summary>The tool writes.</summary>
    Write,

    /// <summary>The caller asked what a write would do. Nothing was written.</summary>
    Preview,
}
