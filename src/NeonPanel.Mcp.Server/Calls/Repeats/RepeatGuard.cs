using System.Globalization;
using System.Text;
using System.Text.Json;
using NeonPanel.Mcp.Server.Telemetry;
using NeonPanel.Mcp.Server.ToolResults;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Calls.Repeats;

/// <summary>Sends a write once, although clients repeat calls after a time limit, a lost connection or an error (rule
/// D13). Only success and an unknown outcome are remembered, so that a rejected write can be corrected and sent
/// again.</summary>
internal sealed class RepeatGuard(
    RepeatOptions options,
    RememberedWrites writes,
    WrittenRecords records,
    TimeProvider time,
    ILogger<RepeatGuard> logger
)
{
    /// <summary>The time within which the API may still carry out a call of unknown outcome. Until then, a missing
    /// record proves nothing.</summary>
    public static readonly TimeSpan LatestEffect = TimeSpan.FromSeconds(60);

    private const string AloneNote =
        "The other instances could not be asked, so a repeat of this call may be sent again.";

    /// <summary>Gets whether repeated writes are held back (<c>Writes:HoldRepeats</c>).</summary>
    public bool IsOn => options.IsOn;

    /// <summary>Sends a call, or returns the result of the same call before it.</summary>
    /// <param name="arguments">Arguments that are valid for the tool.</param>
    /// <param name="send">Sends the call. It must end within the time limit of a call, and go on if the client leaves:
    /// then the outcome is known when the client repeats it.</param>
    /// <param name="cancellationToken">Ends the wait for the same call before this one.</param>
    public async Task<ToolResult> RunAsync(
        CallContext call,
        JsonElement arguments,
        Func<Task<ToolResult>> send,
        CancellationToken cancellationToken
    )
    {
        var key = RepeatKey.Of(call, arguments);
        var isForced =
            arguments.TryGetProperty(ToolOnce.Repeat, out var repeat) && repeat.ValueKind == JsonValueKind.True;
        var claim = await ClaimAsync(key, isForced, cancellationToken);
        if (!claim.IsMine)
        {
            Log.RepeatHeld(logger, call.Tool.Name, call.CorrelationId);
            return claim.Earlier!.Receipt!.ToResult(
                $"Nothing was sent again: the same call succeeded {Age(claim.Earlier)} ago. "
                    + $"{ToolOnce.Repeat}=true sends it once more."
            );
        }

        var before = isForced ? null : await EarlierAsync(key, claim, call, arguments, cancellationToken);
        return before ?? await SendAsync(key, claim, call.Tool, send);
    }

    // Returns the result of the same call before this one, or null if the call may be sent.
    private Task<ToolResult?> EarlierAsync(
        string key,
        WriteClaim claim,
        CallContext call,
        JsonElement arguments,
        CancellationToken cancellationToken
    )
    {
        if (claim.Earlier is { State: WriteState.Unknown } unknown)
        {
            return BeforeAsync(key, claim, unknown, call, arguments, cancellationToken);
        }

        return claim.IsUnsure
            ? ElsewhereAsync(key, claim, call, arguments, cancellationToken)
            : Task.FromResult<ToolResult?>(null);
    }

    // Redis is or was away, so another instance may have sent the same call. A record that is there tells. Without one,
    // calls go on: this instance cannot know of a write of another whose effect is still to come.
    private async Task<ToolResult?> ElsewhereAsync(
        string key,
        WriteClaim claim,
        CallContext call,
        JsonElement arguments,
        CancellationToken cancellationToken
    )
    {
        RecordSearch? search;
        try
        {
            search = await records.FindAsync(call, arguments, cancellationToken);
        }
        catch
        {
            await writes.EndAsync(key, claim, null);
            throw;
        }

        return search?.Row is { } row ? await HoldAsync(key, claim, call, row, search.Wanted) : null;
    }

    private async Task<ToolResult> HoldAsync(
        string key,
        WriteClaim claim,
        CallContext call,
        JsonElement row,
        string wanted
    )
    {
        var receipt = new WriteReceipt(null, Encoding.UTF8.GetBytes(row.GetRawText()), []);
        await writes.EndAsync(key, claim, new(WriteState.Done, time.GetUtcNow(), receipt));
        Log.RepeatHeld(logger, call.Tool.Name, call.CorrelationId);
        var end = claim.IsUnsure
            ? $" already. {ToolOnce.Repeat}=true sends the call all the same."
            : ", so the first call took effect.";
        return receipt.ToResult($"Nothing was sent again: {call.Tool.Once!.List} has {wanted}{end}");
    }

    private async ValueTask<WriteClaim> ClaimAsync(string key, bool isForced, CancellationToken cancellationToken)
    {
        while (true)
        {
            var claim = await writes.ClaimAsync(key, isForced);
            if (claim.Change is not { } change)
            {
                return claim;
            }

            await change.WaitAsync(cancellationToken);
        }
    }

    // Returns the result of a repeated call whose first outcome is unknown, or null if the call may be sent.
    private async Task<ToolResult?> BeforeAsync(
        string key,
        WriteClaim claim,
        RememberedWrite unknown,
        CallContext call,
        JsonElement arguments,
        CancellationToken cancellationToken
    )
    {
        RecordSearch? search;
        try
        {
            search = await records.FindAsync(call, arguments, cancellationToken);
        }
        catch
        {
            await writes.EndAsync(key, claim, unknown);
            throw;
        }

        if (search?.Row is { } row)
        {
            return await HoldAsync(key, claim, call, row, search.Wanted);
        }

        var left = unknown.At + LatestEffect - time.GetUtcNow();
        if (search is { Failure: null } && left <= TimeSpan.Zero)
        {
            return null;
        }

        await writes.EndAsync(key, claim, unknown);
        return ToolResult.Failure(
            $"{call.Tool.Name} was not called: the outcome of the same call {Age(unknown)} ago is unknown. "
                + NextStep(call.Tool, search, left)
                + $" {ToolOnce.Repeat}=true sends it at once.",
            FailureKind.Repeat
        );
    }

    private static string NextStep(ToolDescriptor tool, RecordSearch? search, TimeSpan left) =>
        search switch
        {
            null => "Check whether it took effect.",
            { Failure: { } failure } => $"Whether it took effect could not be checked: {failure.Text}",
            _ =>
                $"{tool.Once!.List} has not {search.Wanted} yet; it may still appear. Call again in {Seconds(left)} s: then it is checked again, and sent if it is missing.",
        };

    private async Task<ToolResult> SendAsync(
        string key,
        WriteClaim claim,
        ToolDescriptor tool,
        Func<Task<ToolResult>> send
    )
    {
        RememberedWrite? remembered = new(WriteState.Unknown, time.GetUtcNow());
        try
        {
            var result = await send();
            remembered = Remember(tool, result);
            return claim.IsAlone ? result with { Notes = [.. result.Notes, AloneNote] } : result;
        }
        finally
        {
            await writes.EndAsync(key, claim, remembered is null ? null : remembered with { At = time.GetUtcNow() });
        }
    }

    private RememberedWrite? Remember(ToolDescriptor tool, ToolResult result)
    {
        if (!result.IsError)
        {
            return new(WriteState.Done, time.GetUtcNow(), WriteReceipt.Of(tool, result));
        }

        return result.IsOutcomeUnknown ? new(WriteState.Unknown, time.GetUtcNow()) : null;
    }

    private string Age(RememberedWrite write) => $"{Seconds(time.GetUtcNow() - write.At)} s";

    private static string Seconds(TimeSpan span) =>
        Math.Max(0, Math.Ceiling(span.TotalSeconds)).ToString("0", CultureInfo.InvariantCulture);
}
