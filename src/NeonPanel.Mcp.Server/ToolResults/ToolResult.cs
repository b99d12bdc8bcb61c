using NeonPanel.Mcp.Server.Telemetry;

namespace NeonPanel.Mcp.Server.ToolResults;

/// <summary>The result of a tool call.</summary>
/// <param name="Text">The text block that a model reads first: a summary or an error message; <see langword="null"/>
/// for the text of <paramref name="Structured"/>.</param>
/// <param name="Structured">The answer as UTF-8 text of a JSON object; empty if the call failed or the answer is an
/// attachment.</param>
/// <param name="IsError">Whether the call failed.</param>
/// <param name="IsUnauthorized">Whether the API rejected the token (rule B5).</param>
internal sealed record ToolResult(
    string? Text,
    ReadOnlyMemory<byte> Structured,
    bool IsError,
    bool IsUnauthorized = false
)
{
    /// <summary>Gets additional sentences, one line each: what was corrected, what was left out, and how to go on. They
    /// are in <see cref="Notice"/> and in a separate text block (rule D10).</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Gets whether the answer has a member with the name of <see cref="Notice"/>.</summary>
    public bool HasOwnNotice { get; init; }

    /// <summary>Gets whether the text is the API's answer, which the structured content repeats.</summary>
    public bool IsTextData { get; init; }

    /// <summary>Gets a binary answer, or <see langword="null"/>.</summary>
    public Attachment? Attachment { get; init; }

    /// <summary>Gets the forms that the user must answer before the call goes on, or <see langword="null"/>. The result
    /// has nothing else then.</summary>
    public FormRequest? Form { get; init; }

    /// <summary>Gets the kind of failure.</summary>
    public FailureKind FailureKind { get; init; } = IsError ? FailureKind.Other : FailureKind.None;

    /// <summary>Gets whether a write may have taken effect although the call failed.</summary>
    public bool IsOutcomeUnknown { get; init; }

    /// <summary>Gets the status of the API's response, or 0 if there was none.</summary>
    public int UpstreamStatus { get; init; }

    /// <summary>Gets whether the call asked what a write would do, so that nothing was written.</summary>
    public bool IsPreview { get; init; }

    /// <summary>Gets the id of the record that the call wrote, in the form for the log; empty if there is
    /// none.</summary>
    public string RecordId { get; init; } = "";

    /// <summary>Gets whether items or members were left out because of the answer's size (rule D7).</summary>
    public bool IsCut { get; init; }

    /// <summary>Gets whether the answer itself contains the number of its page and of all pages.</summary>
    public bool IsPaged { get; init; }

    /// <summary>Gets the address of the next page that the answer names, or <see langword="null"/>.</summary>
    public string? NextLink { get; init; }

    /// <summary>Gets the arguments of the tool that reads the state of the work that the call began, as JSON text;
    /// empty if it began none, or the caller takes no task.</summary>
    public ReadOnlyMemory<byte> Work { get; init; }

    public static ToolResult Failure(string text, FailureKind kind = FailureKind.Other) =>
        new(text, default, IsError: true) { FailureKind = kind };
}
