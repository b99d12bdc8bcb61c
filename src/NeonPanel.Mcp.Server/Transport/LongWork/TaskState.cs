using System.Text.Json;
using NeonPanel.Mcp.Server.Answers;
using NeonPanel.Mcp.Server.Calls;
using NeonPanel.Mcp.Server.Telemetry;
using NeonPanel.Mcp.Server.ToolResults;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Transport.LongWork;

/// <summary>The state of a task, as one answer of the API shows it.</summary>
/// <param name="Status">The word of the protocol: <c>working</c>, <c>completed</c> or <c>cancelled</c>. A work that
/// failed is <c>completed</c> with an error as its result, because <c>failed</c> is for faults of the protocol
/// (SEP-2663, "Task Execution Errors").</param>
/// <param name="Message">A sentence for people, or <see langword="null"/>.</param>
/// <param name="Pause">The pause before the client should ask again, if the work goes on.</param>
/// <param name="Result">The result of the call, if the task is completed.</param>
internal sealed record TaskState(string Status, string? Message, TimeSpan? Pause, ToolResult? Result)
{
    private const int MaxStateChars = 100;

    // An API that names no pause is asked every five seconds.
    private static readonly TimeSpan UsualPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    /// <summary>Returns the state of a task that has just begun.</summary>
    /// <param name="result">The result of the call.</param>
    public static TaskState Begun(ToolResult result)
    {
        using var answer = JsonDocument.Parse(result.Structured);
        // The notes say what the call would have said: which arguments were corrected, and that nothing was sent again.
        return Working(
            result.Notes.Count == 0 ? "The work has begun." : string.Join(' ', result.Notes),
            answer.RootElement
        );
    }

    /// <summary>Reads the state out of an answer.</summary>
    /// <param name="tool">The tool that began the work.</param>
    /// <param name="result">The result of the tool that reads the state.</param>
    public static TaskState Of(ToolDescriptor tool, ToolResult result)
    {
        if (result.IsError)
        {
            // The work goes on although the API cannot be asked at the moment.
            return IsTemporary(result)
                ? new("working", result.Text, UsualPause, null)
                : new("completed", result.Text, null, result);
        }

        if (result.Structured.IsEmpty)
        {
            return new("completed", null, null, result);
        }

        var work = tool.Work!;
        using var answer = JsonDocument.Parse(result.Structured);
        var state = StateIn(work, answer.RootElement);
        if (result.UpstreamStatus == StatusCodes.Status202Accepted || Has(work.Working, state))
        {
            return Working(state is null ? "The work goes on." : $"The work goes on: {state}.", answer.RootElement);
        }

        if (Has(work.Cancelled, state))
        {
            return new("cancelled", $"The work was cancelled: {state}.", null, null);
        }

        var sentence = state is null ? "The work is done." : $"The work has ended: {state}.";
        return Has(work.Failed, state)
            ? new("completed", sentence, null, Failed(tool, result, state!))
            : new("completed", sentence, null, result);
    }

    private static TaskState Working(string message, JsonElement answer) =>
        new("working", message, PauseIn(answer), null);

    private static ToolResult Failed(ToolDescriptor tool, ToolResult result, string state) =>
        result with
        {
            IsError = true,
            Text =
                $"{tool.Name} failed: its work ended as '{state}'. The last answer: "
                + System.Text.Encoding.UTF8.GetString(result.Structured.Span),
        };

    private static string? StateIn(ToolWork work, JsonElement answer)
    {
        if (work.State is not { } path || BegunWork.MemberAt(answer, path) is not { } state)
        {
            return null;
        }

        var text = state.ToString();
        return text.Length > MaxStateChars ? text[..MaxStateChars] : text;
    }

    private static TimeSpan PauseIn(JsonElement answer)
    {
        if (
            !answer.TryGetProperty(AnswerReader.RetryAfterSeconds, out var seconds)
            || seconds.ValueKind != JsonValueKind.Number
            || !seconds.TryGetInt32(out var whole)
        )
        {
            return UsualPause;
        }

        return TimeSpan.FromSeconds(Math.Max(whole, ShortestPause.TotalSeconds));
    }

    private static bool Has(IReadOnlyList<string> states, string? state) => state is not null && states.Contains(state);

    private static bool IsTemporary(ToolResult result) =>
        result.FailureKind switch
        {
            FailureKind.Status => result.UpstreamStatus
                is StatusCodes.Status408RequestTimeout
                    or StatusCodes.Status429TooManyRequests
                    or >= StatusCodes.Status500InternalServerError,
            FailureKind.Timeout
            or FailureKind.Paused
            or FailureKind.Busy
            or FailureKind.Credential
            or FailureKind.Connection
            or FailureKind.NotJson => true,
            _ => false,
        };
}
