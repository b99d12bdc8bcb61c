using System.Buffers;
using System.Text.Json;
using NeonPanel.Mcp.Server.Answers;
using NeonPanel.Mcp.Server.Failures;
using NeonPanel.Mcp.Server.Telemetry;
using NeonPanel.Mcp.Server.ToolResults;
using NeonPanel.Mcp.Server.Upstream;
using NeonPanel.Mcp.Tools.Answers;

namespace NeonPanel.Mcp.Server.Calls.Totals;

/// <summary>Reads all pages of a list, several at a time if their places are known ahead. Each page is a request of its
/// own to the limits and the circuit (rules D5, F3). Its bytes are released as soon as its rows are taken.</summary>
internal sealed class PageWalk(
    UpstreamCaller caller,
    UpstreamFailures failures,
    ArrayPool<byte> pool,
    TotalsOptions options,
    TimeProvider time
)
{
    private const int MaxParallel = 4;
    private const int MaxFailures = 3;
    private const int MaxAttempts = 3;

    /// <summary>Most pages; a list of empty pages must end too.</summary>
    private const int MaxPages = 2000;

    private static readonly TimeSpan TimeForResult = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeastTimeForPage = TimeSpan.FromSeconds(2);

    /// <exception cref="RowFaultException">The rows do not fit the call.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<WalkReport> ReadAsync(WalkedCall call, RowFold fold, CancellationToken cancellationToken)
    {
        // Lookups of names have taken their part of the call's time. The result needs a moment too.
        var left = call.TimeLeft - TimeForResult;
        var most = left < options.MaxTime ? left : options.MaxTime;
        using var limit = new CancellationTokenSource(most > TimeSpan.Zero ? most : TimeSpan.Zero, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var walk = new Walk(call, fold, time, both);
        try
        {
            if (await ReadFirstAsync(walk) is { } plan)
            {
                await ReadOthersAsync(walk, plan);
            }
        }
        catch (OperationCanceledException)
            when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            if (walk.Report.Pages == 0)
            {
                walk.Report.Failure = failures.Timeout(call.Tool, most);
            }

            walk.Stop(walk.NextToRead, $"limit of {most.TotalSeconds:0} s", walk.Narrower);
        }

        return walk.Report;
    }

    private async Task<PagePlan?> ReadFirstAsync(Walk walk)
    {
        var number = walk.Call.FirstNumber;
        walk.Started = number;
        walk.NextToRead = number;
        using var page = await SendAsync(walk, new(number));
        var report = walk.Report;
        report.First = number;
        report.Status = page.Answer.Status;
        report.Failure = page.Answer.Failure;
        if (report.Failure is not null)
        {
            return null;
        }

        if (Take(walk, page) is not { } facts)
        {
            report.Failure = page.IsNotJson
                ? failures.NotJson(walk.Call.Tool)
                : ToolResult.Failure(
                    $"The answer to {walk.Call.Tool.Name} has no list '{walk.Call.Tool.Rows!.Path}'. Call the tool without {TotalReader.Argument}, {ConditionReader.Argument} and {WholeListQuery.AllPages}."
                );
            return null;
        }

        walk.First = facts;
        walk.NextToRead = number + 1;
        await walk.ReportAsync();
        var plan = new PagePlan(
            walk.Call.Tool,
            walk.Call.Arguments,
            page.Answer.Address ?? new Uri("http://localhost"),
            facts,
            number
        );
        plan.Observe(page.Request, facts);
        walk.Plan = plan;
        return plan;
    }

    private async Task ReadOthersAsync(Walk walk, PagePlan plan)
    {
        var running = new Queue<Task<WalkedPage>>();
        try
        {
            while (true)
            {
                while (running.Count < Window(walk, plan) && MayStart(walk, plan) && plan.Next() is { } request)
                {
                    walk.Started = request.Number;
                    walk.Requested++;
                    running.Enqueue(SendAsync(walk, request));
                }

                if (!running.TryDequeue(out var next))
                {
                    break;
                }

                using var page = await next;
                if (!Read(walk, plan, page))
                {
                    break;
                }

                await walk.ReportAsync();
            }
        }
        finally
        {
            await ReleaseAsync(walk, running);
        }

        if (plan.IsLost && !walk.Report.IsPartial)
        {
            walk.Stop(walk.NextToRead, "the answer does not say how to ask for them", walk.Narrower);
        }
    }

    // Without a known end, one page after the other shows first whether there is a second at all.
    private static int Window(Walk walk, PagePlan plan) =>
        plan.IsOpenEnded ? Math.Min(MaxParallel, walk.Report.Pages) : MaxParallel;

    private bool MayStart(Walk walk, PagePlan plan)
    {
        if (plan.IsDone || walk.IsStopped)
        {
            return false;
        }

        var expected = Math.Max(walk.Fold.Rows, (long)walk.Requested * walk.First!.Rows);
        if (walk.Fold.Rows < options.MaxRows && expected < options.MaxRows && walk.Requested < MaxPages)
        {
            return true;
        }

        // Pages in flight count as if they were full.
        if (walk.Fold.Rows >= options.MaxRows || walk.Started == walk.NextToRead - 1)
        {
            walk.Stop(walk.Started + 1, $"limit of {options.MaxRows} rows", walk.Narrower);
        }

        return false;
    }

    // Returns whether to go on.
    private static bool Read(Walk walk, PagePlan plan, WalkedPage page)
    {
        var number = page.Request.Number;
        walk.NextToRead = number + 1;
        if (page.Answer.Failure is not null)
        {
            return Failed(walk, plan, page);
        }

        if (Take(walk, page) is not { } facts)
        {
            walk.Report.Miss(number, number, "its answer has no list");
            walk.Failures++;
            return plan.IsCounted;
        }

        walk.Compare(number, facts);
        var isRepeated = facts.Rows > 0 && facts.Fingerprint == walk.Last?.Fingerprint;
        walk.Last = facts;
        plan.Observe(page.Request, facts);
        if (isRepeated && (plan.IsOpenEnded || !plan.IsCounted))
        {
            walk.Stop(number, "the API sent the page before it again", walk.Narrower);
            return false;
        }

        if (walk.Fold.Collected is { IsFull: true })
        {
            walk.Stop(number, "limit of the answer's size", null);
            return false;
        }

        // Pages that were requested beyond the end of the list are not read.
        return !(plan.IsOpenEnded && plan.IsDone);
    }

    private static bool Failed(Walk walk, PagePlan plan, WalkedPage page)
    {
        var number = page.Request.Number;
        var status = page.Answer.Status;
        if (plan.IsOpenEnded && status is StatusCodes.Status404NotFound && walk.Failures == 0)
        {
            return false; // there is no such page
        }

        walk.Failures++;
        var kind = page.Answer.Failure!.FailureKind;
        var reason = status > 0 ? $"status {status}" : kind.Word().Replace('_', ' ');
        var isRefused = status is 401 or 403 || (status == 0 && kind is FailureKind.Paused or FailureKind.Busy);
        if (!plan.IsCounted || plan.IsOpenEnded || isRefused)
        {
            walk.Stop(number, reason, "The call only reads and may be repeated.");
            return false;
        }

        walk.Report.Miss(number, number, reason);
        walk.Report.NextStep ??= page.Answer.Response?.RetryAfter is { } pause
            ? $"Repeat the call after {Math.Ceiling(pause.TotalSeconds):0} s."
            : "The call only reads and may be repeated.";
        if (walk.Failures == MaxFailures)
        {
            walk.Stop(number + 1, $"not read after {MaxFailures} failures", null);
            return false;
        }

        return true;
    }

    private static PageFacts? Take(Walk walk, WalkedPage page)
    {
        var response = page.Answer.Response!;
        if (response.Body.IsEmpty)
        {
            walk.Count(rows: 0);
            return PageFacts.None;
        }

        try
        {
            var json = AnswerCharset.ReadableJson(response).Span;
            JsonText.Check(json, (_, _) => { });
            walk.Report.Ignored ??= EchoedArguments.Difference(walk.Call.Tool, walk.Call.Arguments, json);
            if (walk.Fold.Take(json, page.Request.Number) is { } facts)
            {
                walk.Count(facts.Rows);
                return facts.With(response.Headers);
            }
        }
        catch (JsonException)
        {
            page.IsNotJson = true;
        }

        return null;
    }

    private async Task<WalkedPage> SendAsync(Walk walk, PageRequest request)
    {
        // Not the arrays of the call: they would keep all pages until its end.
        var arrays = new AnswerArrays(pool);
        var call = walk.Call;
        var context = call.Context with { Arrays = arrays };
        var arguments = request.Argument is { } name
            ? PageArguments.With(call.Tool, call.Arguments, name, request.Value!)
            : call.Arguments;
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                var answer = await caller.SendAsync(
                    context,
                    call.Tool.Call,
                    arguments,
                    walk.Cancelled,
                    request.Address
                );
                if (
                    answer.Status != StatusCodes.Status429TooManyRequests
                    || attempt == MaxAttempts
                    || answer.Response?.RetryAfter is not { } pause
                    || time.GetElapsedTime(walk.Start) + pause + LeastTimeForPage > options.MaxTime
                )
                {
                    return new(request, answer, arrays);
                }

                await Task.Delay(pause, time, walk.Cancelled);
            }
        }
        catch
        {
            arrays.Dispose();
            throw;
        }
    }

    // No task may outlive the call.
    private static async Task ReleaseAsync(Walk walk, Queue<Task<WalkedPage>> running)
    {
        if (running.Count == 0)
        {
            return;
        }

        await walk.CancelAsync();
        foreach (var task in running)
        {
            try
            {
                (await task).Dispose();
            }
            catch (OperationCanceledException)
            {
                // As asked.
            }
        }
    }
}
