using System.Diagnostics;
using System.Text.Json;
using NeonPanel.Mcp.Server.Answers;
using NeonPanel.Mcp.Server.Arguments;
using NeonPanel.Mcp.Server.Calls.Forms;
using NeonPanel.Mcp.Server.Calls.Names;
using NeonPanel.Mcp.Server.Calls.Previews;
using NeonPanel.Mcp.Server.Calls.Repeats;
using NeonPanel.Mcp.Server.Calls.Totals;
using NeonPanel.Mcp.Server.Composition;
using NeonPanel.Mcp.Server.Failures;
using NeonPanel.Mcp.Server.Telemetry;
using NeonPanel.Mcp.Server.ToolResults;
using NeonPanel.Mcp.Server.Upstream;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Calls;

/// <summary>Executes a tool call: prepares its arguments, sends it to the API, and converts the response into a
/// result.</summary>
internal sealed class ToolInvoker(
    CallArguments arguments,
    CallRequests requests,
    UpstreamCaller caller,
    Composer composer,
    CallPreparation preparation,
    WritePreviews previews,
    AnswerReader answers,
    LearnedValues learned,
    DriftWatch drift,
    UpstreamFailures failures,
    WholeList wholeLists,
    RepeatGuard guard,
    Confirmations confirmations,
    ServerMetrics metrics,
    TimeProvider time,
    ILogger<ToolInvoker> logger
)
{
    /// <summary>Calls a tool within the time limit of a call, and logs one line about it (rule F2: no token, argument
    /// or result).</summary>
    /// <param name="sent">The arguments as the client sent them.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<ToolResult> InvokeAsync(CallContext call, JsonElement sent, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        using var span = ServerTraces.StartCall(call.Tool.Name, call.Caller);
        using var end = new CancellationTokenSource(UpstreamOptions.MaxToolCall, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellationToken);
        ToolResult? result = null;
        try
        {
            result = ProvenTypes.Keep(
                call.Tool,
                await ReadAndCallAsync(call, sent, start, end.Token, both.Token),
                out var surprises
            );
            drift.Count(call.Tool, surprises);
        }
        catch (OperationCanceledException)
            when (end.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            result = failures.Timeout(call.Tool, UpstreamOptions.MaxToolCall);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A defect of the server. The exception's message may contain data of the caller; its place does not.
            Log.ToolFailed(logger, call.Tool.Name, call.CorrelationId, exception.GetType().Name, exception.StackTrace);
            result = ToolResult.Failure(
                $"{call.Tool.Name} failed inside the MCP server; its outcome is unknown. "
                    + $"Tell the operator the correlation id {call.CorrelationId}.",
                FailureKind.Fault
            );
        }
        finally
        {
            Report(call, span, result, time.GetElapsedTime(start));
        }

        return call.WantsSentence ? ResultSentence.Apply(call.Tool, result) : result;
    }

    // The limit is the token that ends the call after its time, but not if the client leaves.
    private async Task<ToolResult> ReadAndCallAsync(
        CallContext call,
        JsonElement sent,
        long start,
        CancellationToken limit,
        CancellationToken cancellationToken
    )
    {
        if (call.Tool.Retired is { } sentence)
        {
            return ToolResult.Failure(sentence, FailureKind.Retired);
        }

        if (call.Forms?.Refused is { } refused)
        {
            return CallForms.Refusal(call.Tool, refused);
        }

        var read = await arguments.ReadAsync(call, sent, cancellationToken);
        var repairs = read.Arguments.Repairs;
        var receipts = Repair.Receipts(repairs);
        call = call with { ReservedChars = AnswerShortener.Reserve(receipts) };
        var result = read.Failure ?? await CallAsync(call, read, start, limit, cancellationToken);
        if (repairs.Count == 0 || result.Form is not null)
        {
            return result;
        }

        foreach (var repair in repairs)
        {
            metrics.Repaired(call.Tool.Name, repair.Kind.ToString());
        }

        return result with
        {
            Notes = [.. receipts, .. result.Notes],
        };
    }

    private async Task<ToolResult> ComposeAsync(
        CallContext call,
        JsonElement valid,
        CancellationToken cancellationToken
    )
    {
        var answer = await composer.RunAsync(
            call.Tool,
            call.Profile,
            valid,
            // Several requests run at the same time, so each response has an array of its own.
            (step, sent, cancelled) => caller.SendAsync(call with { Tool = step, Arrays = null }, sent, cancelled),
            cancellationToken
        );
        var result = answer.Failure ?? answers.Read(call.Tool, valid, answer, fields: null, call.ReservedChars);
        return result with { UpstreamStatus = answer.Status };
    }

    private async Task<ToolResult> CallAsync(
        CallContext call,
        NamedArguments read,
        long start,
        CancellationToken limit,
        CancellationToken cancellationToken
    )
    {
        var valid = read.Arguments.Value;
        if (WritePreviews.IsAsked(call.Tool, valid))
        {
            return (await previews.ReadAsync(call, read, cancellationToken)).Result with { IsPreview = true };
        }

        if (await confirmations.BeforeAsync(call, read, cancellationToken) is { } question)
        {
            return question;
        }

        if (call.Tool.Composition is not null)
        {
            return await ComposeAsync(call, valid, cancellationToken);
        }

        // Most calls have no guard, and should not pay for it.
        var result =
            call.Tool.Once is null || !guard.IsOn
                ? await SendAsync(call, valid, start, cancellationToken)
                : await guard.RunAsync(call, valid, () => SendAsync(call, valid, start, limit), cancellationToken);
        return call.TakesTasks && call.Tool.Work is not null
            ? result with
            {
                Work = BegunWork.ArgumentsOf(call.Tool, valid, result),
            }
            : result;
    }

    private async Task<ToolResult> SendAsync(
        CallContext call,
        JsonElement valid,
        long start,
        CancellationToken cancellationToken
    )
    {
        var tool = call.Tool;
        using var prepared = await preparation.PrepareAsync(call, valid, cancellationToken);
        if (prepared.Failure is { } refused)
        {
            return refused;
        }

        if (WholeListQuery.IsIn(tool, valid))
        {
            var left = UpstreamOptions.MaxToolCall - time.GetElapsedTime(start);
            return await wholeLists.CallAsync(new(call, valid, left), prepared.Fields, cancellationToken);
        }

        var filled = prepared.Arguments;
        var answer = await requests.SendAsync(call, filled, prepared.Form, start, cancellationToken);
        drift.Observe(tool, answer.Response);
        learned.Observe(call, filled, answer.Response);
        var result = answer.Failure ?? answers.Read(tool, filled, answer, prepared.Fields, call.ReservedChars);
        return result with
        {
            UpstreamStatus = answer.Status,
            RecordId = WrittenRecord.IdOf(tool, filled, answer.Response, result),
        };
    }

    // Without a result, the call was abandoned.
    private void Report(CallContext call, Activity? span, ToolResult? result, TimeSpan duration)
    {
        var outcome = OutcomeOf(result);
        var failure = result?.FailureKind ?? FailureKind.Abandoned;
        span?.SetTag("neonpanel.mcp.outcome", outcome.Word());
        if (outcome != CallOutcome.Ok)
        {
            span?.Fail(outcome.ErrorType());
        }

        if (result is { IsCut: true })
        {
            metrics.Truncated(call.Tool.Name);
        }

        metrics.Called(call.Tool.Name, outcome, failure, duration);
        Log.ToolCalled(
            logger,
            call.Tool.Name,
            outcome.Word(),
            failure.Word(),
            result?.UpstreamStatus ?? 0,
            (long)duration.TotalMilliseconds,
            call.CorrelationId,
            call.Token.SubjectHash,
            EffectOf(call.Tool, result).Word(),
            result?.RecordId ?? ""
        );
    }

    private static CallEffect EffectOf(ToolDescriptor tool, ToolResult? result)
    {
        if (tool.Hints.ReadOnly)
        {
            return CallEffect.Read;
        }

        return result is { IsPreview: true } ? CallEffect.Preview : CallEffect.Write;
    }

    private static CallOutcome OutcomeOf(ToolResult? result) =>
        result switch
        {
            null => CallOutcome.Abandoned,
            { FailureKind: FailureKind.Fault } => CallOutcome.Fault,
            { IsError: true } => CallOutcome.Error,
            _ => CallOutcome.Ok,
        };
}
