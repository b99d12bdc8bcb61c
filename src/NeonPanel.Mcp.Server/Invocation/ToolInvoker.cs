using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using System.Text.Json;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Files;
using NeonPanel.Mcp.Server.Invocation.Names;
using NeonPanel.Mcp.Server.Telemetry;
using NeonPanel.Mcp.Server.Upstream;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>Executes a tool call: prepares its arguments, sends it to the API, and converts the response into a
/// result.</summary>
internal sealed class ToolInvoker(
    UpstreamCaller caller,
    LargeArgumentTurns turns,
    NameLookup names,
    FileLinks files,
    FileFetch fetch,
    AnswerReader answers,
    DriftWatch drift,
    UpstreamOptions upstream,
    UpstreamFailures failures,
    ServerMetrics metrics,
    TimeProvider time,
    ILogger<ToolInvoker> logger
)
{
    /// <summary>Name of the argument that says how many seconds to wait for accepted work to end.</summary>
    public const string WaitSeconds = "wait_seconds";

    private const int MaxWaitSeconds = 20;

    /// <summary>Shortest pause before the server asks again, whatever the API says. Within
    /// <see cref="MaxWaitSeconds"/>, the server therefore asks at most 20 more times.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    /// <summary>Calls a tool, and logs one line about it (rule F2: no token, argument or result).</summary>
    /// <param name="caller">The client's span, if the message named one.</param>
    public async Task<ToolResult> InvokeAsync(
        ToolDescriptor tool,
        JsonElement arguments,
        AccessToken token,
        string correlationId,
        ActivityContext caller,
        AnswerArrays arrays,
        CancellationToken cancellationToken
    )
    {
        using var span = ServerTraces.StartCall(tool.Name, caller);
        var start = time.GetTimestamp();
        var (outcome, failure, status) = ("abandoned", "abandoned", 0);
        using var end = new CancellationTokenSource(UpstreamOptions.MaxToolCall, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellationToken);
        try
        {
            (var result, status) = tool.Retired is { } sentence
                ? (ToolResult.Failure(sentence, "retired"), 0)
                : await ReadAndCallAsync(tool, arguments, token, correlationId, arrays, both.Token);
            outcome = result.IsError ? "error" : "ok";
            failure = result.FailureKind ?? "none";
            if (result.IsCut)
            {
                metrics.Truncated(tool.Name);
            }

            return result;
        }
        catch (OperationCanceledException)
            when (end.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            outcome = "error";
            failure = "timeout";
            return failures.Timeout(tool, UpstreamOptions.MaxToolCall);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A defect of the server. The exception's message may contain data of the caller; its place does not.
            outcome = "fault";
            failure = "fault";
            Log.ToolFailed(logger, tool.Name, correlationId, exception.GetType().Name, exception.StackTrace);
            return ToolResult.Failure(
                $"{tool.Name} failed inside the MCP server; its outcome is unknown. "
                    + $"Tell the operator the correlation id {correlationId}."
            );
        }
        finally
        {
            span?.SetTag("neonpanel.mcp.outcome", outcome);
            if (outcome != "ok")
            {
                span?.Fail(outcome == "abandoned" ? outcome : "tool_error");
            }

            var duration = time.GetElapsedTime(start);
            metrics.Called(tool.Name, outcome, failure, duration);
            Log.ToolCalled(
                logger,
                tool.Name,
                outcome,
                failure,
                status,
                (long)duration.TotalMilliseconds,
                correlationId,
                token.SubjectHash
            );
        }
    }

    private async Task<(ToolResult Result, int UpstreamStatus)> ReadAndCallAsync(
        ToolDescriptor tool,
        JsonElement sent,
        AccessToken token,
        string correlationId,
        AnswerArrays arrays,
        CancellationToken cancellationToken
    )
    {
        var read = await ReadAsync(tool, sent, cancellationToken);
        if (read.Violations.Count == 0 && tool.Lookups.Count > 0)
        {
            read = await names.ReadAsync(tool, read, token, correlationId, cancellationToken);
        }

        ToolResult result;
        var status = 0;
        if (read.Failure is { } failure)
        {
            result = failure;
        }
        else if (read.Violations.Count > 0)
        {
            result = UpstreamFailures.Refused(tool, read.Violations);
        }
        else
        {
            (result, status) = await CallAsync(tool, read.Value, token, correlationId, arrays, cancellationToken);
        }

        foreach (var repair in read.Repairs)
        {
            metrics.Repaired(tool.Name, repair.Kind.ToString());
        }

        return (result with { Notes = [.. Repair.Receipts(read.Repairs), .. result.Notes] }, status);
    }

    private async ValueTask<ReadArguments> ReadAsync(
        ToolDescriptor tool,
        JsonElement sent,
        CancellationToken cancellationToken
    )
    {
        var bytes = sent.ValueKind == JsonValueKind.Undefined ? 0 : JsonMarshal.GetRawUtf8Value(sent).Length;
        using var turn = await turns.TakeAsync(bytes, cancellationToken);
        return ArgumentReader.Read(tool, sent);
    }

    private async Task<(ToolResult Result, int UpstreamStatus)> CallAsync(
        ToolDescriptor tool,
        JsonElement arguments,
        AccessToken token,
        string correlationId,
        AnswerArrays arrays,
        CancellationToken cancellationToken
    )
    {
        var start = time.GetTimestamp();
        var violations = new List<string>();
        var fields = FieldSelection.Read(tool, arguments, violations);
        var form =
            violations.Count == 0 && tool.Upload is { } upload
                ? FileArgument.Read(upload, arguments, violations)
                : null;
        using var linked =
            violations.Count == 0 ? await files.FollowAsync(tool, arguments, token.Subject, cancellationToken) : null;
        violations.AddRange(linked?.Refused ?? []);
        if (violations.Count > 0)
        {
            return (UpstreamFailures.Refused(tool, violations), 0);
        }

        arguments = linked?.Arguments ?? arguments;
        var answer = await caller.SendAsync(
            tool,
            form?.Call ?? tool.Call,
            form?.Arguments ?? arguments,
            token,
            correlationId,
            arrays,
            cancellationToken
        );
        if (
            form?.Link is not null
            && answer.Status is StatusCodes.Status400BadRequest or StatusCodes.Status415UnsupportedMediaType
        )
        {
            answer = await SendFileAsync(
                tool,
                arguments,
                form!,
                answer,
                token,
                correlationId,
                arrays,
                cancellationToken
            );
        }

        var left = TimeSpan.FromSeconds(
            tool.Waits && arguments.TryGetProperty(WaitSeconds, out var seconds)
                ? Math.Min(seconds.GetDouble(), MaxWaitSeconds)
                : 0
        );
        // If the pause and the request after it do not fit into the remaining time, the caller must wait itself.
        while (
            PauseAfter(answer) is { } pause
            && pause <= left
            && time.GetElapsedTime(start) + pause + upstream.CallTimeout <= UpstreamOptions.MaxToolCall
        )
        {
            left -= pause;
            await Task.Delay(pause, time, cancellationToken);
            answer = await caller.SendAsync(
                tool,
                tool.Call,
                arguments,
                token,
                correlationId,
                arrays,
                cancellationToken
            );
        }

        drift.Observe(tool, answer.Response);
        return (answer.Failure ?? answers.Read(tool, arguments, answer, fields), answer.Status);
    }

    // Returns the pause that the API requests, or null if the response does not say that the work goes on.
    private static TimeSpan? PauseAfter(UpstreamAnswer answer) =>
        answer.Response is { StatusCode: HttpStatusCode.Accepted, RetryAfter: { } pause }
            ? TimeSpan.FromTicks(Math.Max(pause.Ticks, ShortestPause.Ticks))
            : null;

    // The API rejected the link, so nothing was done. Sending the file itself is another attempt, not a repeated write.
    private async Task<UpstreamAnswer> SendFileAsync(
        ToolDescriptor tool,
        JsonElement arguments,
        FileForm form,
        UpstreamAnswer answer,
        AccessToken token,
        string correlationId,
        AnswerArrays arrays,
        CancellationToken cancellationToken
    )
    {
        using var fetched = await fetch.GetAsync(tool.Upload!, arguments, form, token.Subject, cancellationToken);
        return fetched.Refused is not [var refused]
            ? await caller.SendAsync(
                tool,
                tool.Upload!.Call,
                fetched.Arguments,
                token,
                correlationId,
                arrays,
                cancellationToken
            )
            : answer with
            {
                Failure = answer.Failure! with
                {
                    Notes = [$"The file was not fetched to be sent itself, since its link {refused}."],
                },
            };
    }
}
