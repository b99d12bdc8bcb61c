namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>What a call came to.</summary>
/// <param name="Text">What a model reads first: a summary, or the sentence about a failure; <see langword="null"/> for
/// the text of <paramref name="Structured"/>.</param>
/// <param name="Structured">The answer, the UTF-8 text of a JSON object; empty for a failure.</param>
/// <param name="IsError">Whether the call failed.</param>
/// <param name="IsUnauthorized">Whether the API refused the token (rule B5).</param>
internal sealed record ToolResult(
    string? Text,
    ReadOnlyMemory<byte> Structured,
    bool IsError,
    bool IsUnauthorized = false
)
{
    /// <summary>Gets sentences beside the answer, in a text block of their own: what was repaired, what was left out,
    /// how to go on.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Gets an answer that is no text, or <see langword="null"/>.</summary>
    public Attachment? Attachment { get; init; }

    /// <summary>Gets what kind of failure it is, a word of a few to count by, or <see langword="null"/> when it is
    /// none.</summary>
    public string? FailureKind { get; init; } = IsError ? "other" : null;

    /// <summary>Gets whether items or members were left out for the answer's size (rule D7).</summary>
    public bool IsCut { get; init; }

    /// <summary>Gets whether the answer says itself which page of how many it is.</summary>
    public bool IsPaged { get; init; }

    public static ToolResult Failure(string text, string kind = "other") =>
        new(text, default, IsError: true) { FailureKind = kind };
}

/// <summary>Bytes for a content block of their own: an image, a sound, or an embedded resource.</summary>
/// <param name="MediaType">Such as <c>image/png</c>.</param>
internal sealed record Attachment(string MediaType, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Gets the type of block it becomes, as MCP calls it. Images are those that models can look at.</summary>
    public string BlockType =>
        MediaType switch
        {
            "image/png" or "image/jpeg" or "image/gif" or "image/webp" => "image",
            _ when MediaType.StartsWith("audio/", StringComparison.Ordinal) => "audio",
            _ => "resource",
        };
}
