namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>The result of a tool call.</summary>
/// <param name="Text">The text block that a model reads first: a summary or an error message; <see langword="null"/>
/// for the text of <paramref name="Structured"/>.</param>
/// <param name="Structured">The answer as UTF-8 text of a JSON object; empty if the call failed.</param>
/// <param name="IsError">Whether the call failed.</param>
/// <param name="IsUnauthorized">Whether the API rejected the token (rule B5).</param>
internal sealed record ToolResult(
    string? Text,
    ReadOnlyMemory<byte> Structured,
    bool IsError,
    bool IsUnauthorized = false
)
{
    /// <summary>Gets additional sentences for a separate text block: what was corrected, what was left out, and how to
    /// go on.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Gets a binary answer, or <see langword="null"/>.</summary>
    public Attachment? Attachment { get; init; }

    /// <summary>Gets the kind of failure, one of a fixed set for metrics, or <see langword="null"/> if the call
    /// succeeded.</summary>
    public string? FailureKind { get; init; } = IsError ? "other" : null;

    /// <summary>Gets whether items or members were left out because of the answer's size (rule D7).</summary>
    public bool IsCut { get; init; }

    /// <summary>Gets whether the answer itself contains the number of its page and of all pages.</summary>
    public bool IsPaged { get; init; }

    /// <summary>Gets the address of the next page that the answer names, or <see langword="null"/>.</summary>
    public string? NextLink { get; init; }

    public static ToolResult Failure(string text, string kind = "other") =>
        new(text, default, IsError: true) { FailureKind = kind };
}

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
