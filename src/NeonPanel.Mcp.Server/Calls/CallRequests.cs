using System.Net;
using System.Text.Json;
using NeonPanel.Mcp.Server.Answers;
using NeonPanel.Mcp.Server.Files;
using NeonPanel.Mcp.Server.Upstream;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Calls;

/// <summary>Sends the requests of a call: usually one; for a file, sometimes a second one; and for accepted work, more
/// until it ends.</summary>
internal sealed class CallRequests(UpstreamCaller caller, FileFetch fetch, UpstreamOptions upstream, TimeProvider time)
{
    /// <summary>Name of the argument that says how many seconds to wait for accepted work to end.</summary>
    public const string WaitSeconds = "wait_seconds";

    private const int MaxWaitSeconds = 20;

    /// <summary>Shortest pause before the server asks again, whatever the API says. Within
    /// <see cref="MaxWaitSeconds"/>, the server therefore asks at most 20 more times.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    /// <param name="arguments">Arguments that are valid for the tool.</param>
    /// <param name="form">The file among the arguments, or <see langword="null"/>.</param>
    /// <param name="start">The timestamp at which the call began.</param>
    public async Task<UpstreamAnswer> SendAsync(
        CallContext call,
        JsonElement arguments,
        FileForm? form,
        long start,
        CancellationToken cancellationToken
    )
    {
        var tool = call.Tool;
        var answer = await caller.SendAsync(
            call,
            form?.Call ?? tool.Call,
            form?.Arguments ?? arguments,
            cancellationToken
        );
        if (
            form?.Link is not null
            && answer.Status is StatusCodes.Status400BadRequest or StatusCodes.Status415UnsupportedMediaType
        )
        {
            answer = await SendFileAsync(call, arguments, form!, answer, cancellationToken);
        }

        var wait = WaitOf(tool, arguments);
        var left = wait;
        // If the pause and the request after it do not fit into the remaining time, the caller must wait itself.
        while (
            PauseAfter(answer) is { } pause
            && pause <= left
            && time.GetElapsedTime(start) + pause + upstream.CallTimeout <= UpstreamOptions.MaxToolCall
        )
        {
            await ReportAsync(call, wait - left, wait, pause, cancellationToken);
            left -= pause;
            await Task.Delay(pause, time, cancellationToken);
            answer = await caller.SendAsync(call, arguments, cancellationToken);
        }

        return answer;
    }

    // Tells the client that the wait goes on, if it asked for that.
    private static Task ReportAsync(
        CallContext call,
        TimeSpan waited,
        TimeSpan wait,
        TimeSpan pause,
        CancellationToken cancellationToken
    ) =>
        call.Progress?.Invoke(
            (int)waited.TotalSeconds,
            (int)wait.TotalSeconds,
            $"The work goes on. The server asks again in {Math.Ceiling(pause.TotalSeconds):0} s.",
            cancellationToken
        )
        ?? Task.CompletedTask;

    // Returns how long the caller lets the server wait for the end of accepted work.
    private static TimeSpan WaitOf(ToolDescriptor tool, JsonElement arguments)
    {
        if (!tool.Waits || !arguments.TryGetProperty(WaitSeconds, out var seconds))
        {
            return TimeSpan.Zero;
        }

        return TimeSpan.FromSeconds(Math.Min(seconds.GetDouble(), MaxWaitSeconds));
    }

    // Returns the pause that the API requests, or null if the response does not say that the work goes on.
    private static TimeSpan? PauseAfter(UpstreamAnswer answer) =>
        answer.Response is { StatusCode: HttpStatusCode.Accepted, RetryAfter: { } pause }
            ? TimeSpan.FromTicks(Math.Max(pause.Ticks, ShortestPause.Ticks))
            : null;

    // The API rejected the link, so nothing was done. Sending the file itself is another attempt, not a repeated write.
    private async Task<UpstreamAnswer> SendFileAsync(
        CallContext call,
        JsonElement arguments,
        FileForm form,
        UpstreamAnswer answer,
        CancellationToken cancellationToken
    )
    {
        var upload = call.Tool.Upload!;
        using var fetched = await fetch.GetAsync(upload, arguments, form, call.Token.Subject, cancellationToken);
        if (fetched.Refused is [var refused])
        {
            return answer with
            {
                Failure = answer.Failure! with
                {
                    Notes = [$"The file was not fetched to be sent itself, since its link {refused}."],
                },
            };
        }

        return await caller.SendAsync(call, upload.Call, fetched.Arguments, cancellationToken);
    }
}
