using NeonPanel.Mcp.Server.Answers;
using NeonPanel.Mcp.Server.Telemetry;

namespace NeonPanel.Mcp.Server.Composition;

/// <summary>How much of its limits one composed call has used. A refusal for too many calls ends the reading, because
/// all further requests would be refused as well.</summary>
internal sealed class CompositionBudget(CompositionOptions options, string api)
{
    private int requests;
    private int answered;
    private int rows;
    private volatile StepFailure? end;

    public int MaxRows => options.MaxRows;

    /// <summary>Gets whether at least one request was answered with success.</summary>
    public bool HasAnswers => Volatile.Read(ref answered) > 0;

    /// <summary>Gets the refusal of the token, or <see langword="null"/>.</summary>
    public StepFailure? Unauthorized => end is { Result.IsUnauthorized: true } refused ? refused : null;

    /// <summary>Counts a request.</summary>
    /// <returns>Why it must not be sent, or <see langword="null"/>.</returns>
    public StepFailure? TakeRequest()
    {
        if (end is { } over)
        {
            return over;
        }

        return Interlocked.Increment(ref requests) <= options.MaxRequests
            ? null
            : new($"was not called, because one call sends at most {options.MaxRequests} requests. Ask for less.");
    }

    /// <summary>Counts rows.</summary>
    /// <returns>Whether there is room for them.</returns>
    public bool TakeRows(int count)
    {
        Interlocked.Increment(ref answered);
        return Interlocked.Add(ref rows, count) <= options.MaxRows;
    }

    /// <summary>Notes a failed request.</summary>
    public StepFailure Failed(UpstreamAnswer answer)
    {
        var result = answer.Failure!;
        var failure = new StepFailure(
            answer.Status > 0 ? $"{api} answered {answer.Status}." : $"{result.Text}",
            result
        );
        if (
            result.IsUnauthorized
            || answer.Status == StatusCodes.Status429TooManyRequests
            || result.FailureKind is FailureKind.Busy or FailureKind.Paused or FailureKind.Credential
        )
        {
            end = failure;
        }

        return failure;
    }
}
