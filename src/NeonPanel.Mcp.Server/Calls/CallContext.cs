using System.Diagnostics;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Calls.Forms;
using NeonPanel.Mcp.Server.Upstream;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Calls;

/// <summary>The facts of a tool call that all its steps share. A request that belongs to the call but uses another
/// tool, such as the lookup of a name, has a copy with that tool.</summary>
/// <param name="Tool">The tool to call.</param>
/// <param name="Token">The caller's token.</param>
/// <param name="CorrelationId">The id that the call has in logs and in its requests to the API.</param>
internal sealed record CallContext(ToolDescriptor Tool, AccessToken Token, string CorrelationId)
{
    /// <summary>Gets the client's span, if the message named one.</summary>
    public ActivityContext Caller { get; init; }

    /// <summary>Gets the profile of the address that the call came to, or <see langword="null"/> if it came to
    /// none.</summary>
    public string? Profile { get; init; }

    /// <summary>Gets the arrays for the API's responses, or <see langword="null"/> if each response allocates its
    /// own.</summary>
    public AnswerArrays? Arrays { get; init; }

    /// <summary>Gets whether one sentence replaces the text that repeats the structured content.</summary>
    public bool WantsSentence { get; init; }

    /// <summary>Gets whether the caller takes a task in place of the first answer of a long work.</summary>
    public bool TakesTasks { get; init; }

    /// <summary>Gets the characters of JSON text that notes about the arguments take in the result.</summary>
    public int ReservedChars { get; init; }

    /// <summary>Gets the forms with which the call may ask the user, or <see langword="null"/> if it asks
    /// nothing.</summary>
    public CallForms? Forms { get; init; }

    /// <summary>Gets the way to tell the client how far the call is, or <see langword="null"/> if the client did not
    /// ask for it.</summary>
    public ProgressReport? Progress { get; init; }
}
