namespace NeonPanel.Mcp.Server.ToolResults;

/// <summary>Bytes for a separate content block: an image, a sound, or an embedded resource.</summary>
/// <param name="MediaType">The media type, such as <c>image/png</c>.</param>
internal sealed record Attachment(string MediaType, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Gets the MCP type of the content block. Only image types that models accept become images.</summary>
    public string BlockType =>
        MediaType switch
        {
            "image/png" or "image/jpeg" or "image/gif" or "image/webp" => "image",
            _ when MediaType.StartsWith("audio/", StringComparison.Ordinal) => "audio",
            _ => "resource",
        };
}
