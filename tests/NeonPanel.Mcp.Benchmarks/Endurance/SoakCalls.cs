using System.Globalization;

namespace NeonPanel.Mcp.Benchmarks.Endurance;

/// <summary>The mixture: picks a call, makes it, and judges what comes back.</summary>
internal sealed class SoakCalls(McpPost post, HttpClient streamsHttp, Users users, Weather weather, Tally tally)
{
    private const int AbandonedStreams = 30;
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(50);
    private static readonly string[] Revisions = ["2025-03-26", "2025-06-18", "2025-11-25"];

    // As often as they stand here; most calls meet no fault.
    private static readonly string[] Faults =
    [
        .. Enumerable.Repeat("ok", 160),
        .. Enumerable.Repeat("large", 6),
        .. Enumerable.Repeat("slow", 8),
        .. Enumerable.Repeat("gzip", 8),
        "500",
        "503",
        "401",
        "422",
        "422",
        "429",
        "reset",
        "cut",
        "torn",
        "garbage",
        "page",
        "huge",
    ];

    private readonly Queue<LegacyStream> abandoned = new();
    private readonly string?[] lists = new string?[2];
    private long count;
    private int openStreams;

    /// <summary>Gets how many streams of the older transport this side holds open.</summary>
    public int OpenStreams => openStreams;

    /// <summary>Makes one call.</summary>
    public async Task OneAsync()
    {
        var number = Interlocked.Increment(ref count);
        var (kind, call) = Pick(number);
        using var end = new CancellationTokenSource(Hang);
        try
        {
            tally.Called(kind);
            await call(number, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            tally.Failed(kind, "no answer within 50 s");
        }
        catch (Exception exception)
        {
            if (!(users.IsKeyNew && exception.Message.Contains("401", StringComparison.Ordinal)))
            {
                tally.Failed(kind, exception.GetType().Name + ", " + exception.Message);
            }
        }
    }

    private (string Kind, Func<long, CancellationToken, Task> Call) Pick(long number) =>
        Random.Shared.Next(1000) switch
        {
            < 350 => ("fast", FastAsync),
            < 500 => ("sdk", SdkAsync),
            < 620 => ("2026-07-28", PerRequestAsync),
            < 760 => ("write", WriteAsync),
            < 820 => ("read one", ReadOneAsync),
            < 860 => ("by name", ByNameAsync),
            < 890 => ("list", ListAsync),
            < 920 => ("initialize", InitializeAsync),
            < 940 => ("refused", RefusedAsync),
            < 950 => ("unknown", UnknownAsync),
            < 965 => ("bad token", BadTokenAsync),
            < 985 => ("leaves", LeaveAsync),
            < 998 => ("stream", StreamAsync),
            _ => ("stall", StallAsync),
        };

    private Order Next(long number) =>
        new(weather.IsDown ? (number % 2 == 0 ? "500" : "503") : Faults[Random.Shared.Next(Faults.Length)], number);

    private Task FastAsync(long number, CancellationToken cancellationToken) =>
        SearchAsync("fast", Next(number), null, cancellationToken);

    // The SDK alone knows what to do with a progress token.
    private Task SdkAsync(long number, CancellationToken cancellationToken) =>
        SearchAsync("sdk", Next(number), """{"progressToken":"p"}""", cancellationToken);

    private Task StallAsync(long number, CancellationToken cancellationToken) =>
        SearchAsync("stall", new("stall", number), null, cancellationToken);

    private async Task SearchAsync(string kind, Order order, string? meta, CancellationToken cancellationToken)
    {
        var message = McpPost.Call(
            order.Number,
            order.Number % 3 == 0 ? "vendors_list" : "bills_list",
            Search(order),
            meta
        );
        var accept = order.Number % 2 == 0 ? McpPost.Both : McpPost.Json;
        Judged(
            kind,
            order,
            await post.SendAsync(
                message,
                users.Token(order.Number),
                cancellationToken,
                accept,
                Revisions[order.Number % 3]
            )
        );
    }

    private async Task PerRequestAsync(long number, CancellationToken cancellationToken)
    {
        var order = Next(number);
        Judged(
            "2026-07-28",
            order,
            await post.SendAsync(
                McpPost.PerRequestCall(number, "bills_list", Search(order)),
                users.Token(number),
                cancellationToken,
                revision: McpPost.PerRequest,
                tool: "bills_list"
            )
        );
    }

    private async Task WriteAsync(long number, CancellationToken cancellationToken)
    {
        var order = Next(number);
        var (tool, id) = number % 2 == 0 ? ("bills_create", "") : ("bills_update", "\"billId\":7,");
        var arguments = $$"""{"companyUuid":"{{Order.Company}}",{{id}}"name":"{{order}}"}""";
        Judged(
            "write",
            order,
            await post.SendAsync(McpPost.Call(number, tool, arguments), users.Token(number), cancellationToken)
        );
    }

    private async Task ReadOneAsync(long number, CancellationToken cancellationToken)
    {
        var arguments = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"companyUuid":"{{Order.Company}}","billId":{{number}},"fields":"id,name,amount"}"""
        );
        Judged(
            "read one",
            new("ok", number),
            await post.SendAsync(McpPost.Call(number, "bills_read", arguments), users.Token(number), cancellationToken)
        );
    }

    private async Task ByNameAsync(long number, CancellationToken cancellationToken)
    {
        var arguments = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"companyUuid":"{{Order.CompanyName}}","billId":"{{number}}"}"""
        );
        Judged(
            "by name",
            new("ok", number),
            await post.SendAsync(McpPost.Call(number, "bills_read", arguments), users.Token(number), cancellationToken)
        );
    }

    private async Task ListAsync(long number, CancellationToken cancellationToken)
    {
        var (index, message, revision) =
            number % 2 == 0 ? (0, McpPost.List, null) : (1, McpPost.PerRequestList, McpPost.PerRequest);
        var answer = await post.SendAsync(
            message,
            users.Token(number),
            cancellationToken,
            McpPost.Json,
            revision,
            "tools/list"
        );
        var first = Interlocked.CompareExchange(ref lists[index], answer.Body, null) ?? answer.Body;
        Report(
            "list",
            answer,
            answer.Status != 200 ? $"HTTP {answer.Status}"
                : answer.Body != first ? "another list"
                : null
        );
    }

    private async Task InitializeAsync(long number, CancellationToken cancellationToken)
    {
        var answer = await post.SendAsync(
            McpPost.Initialize,
            number % 2 == 0 ? null : users.Token(number),
            cancellationToken
        );
        Report("initialize", answer, Judge.Initialized(answer));
    }

    private async Task RefusedAsync(long number, CancellationToken cancellationToken)
    {
        var message = McpPost.Call(
            number,
            "bills_list",
            $$"""{"companyUuid":"{{Order.Company}}","per_page":5000,"color":"red"}"""
        );
        var answer = await post.SendAsync(message, users.Token(number), cancellationToken);
        Report("refused", answer, Judge.Refused(answer));
    }

    private async Task UnknownAsync(long number, CancellationToken cancellationToken)
    {
        const int invalidParameters = -32602;
        var answer = await post.SendAsync(
            McpPost.Call(number, "bills_lisst", "{}"),
            users.Token(number),
            cancellationToken
        );
        Report("unknown", answer, Judge.Error(answer, invalidParameters));
    }

    private async Task BadTokenAsync(long number, CancellationToken cancellationToken)
    {
        var answer = await post.SendAsync(
            McpPost.Call(number, "bills_list", "{}"),
            users.BadToken(Random.Shared.Next(int.MaxValue)),
            cancellationToken
        );
        if (Judge.Challenge(answer) is { } fault)
        {
            tally.Failed("bad token", fault, answer.Body);
        }
    }

    private async Task LeaveAsync(long number, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Random.Shared.Next(5, 250));
        var meta = number % 2 == 0 ? null : """{"progressToken":"p"}""";
        try
        {
            await post.SendAsync(
                McpPost.Call(number, "bills_list", Search(new("slow", number)), meta),
                users.Token(number),
                patience.Token
            );
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // as it was meant
        }
    }

    private async Task StreamAsync(long number, CancellationToken cancellationToken)
    {
        var stream = await LegacyStream.OpenAsync(streamsHttp, users.Token(number), cancellationToken);
        Interlocked.Increment(ref openStreams);
        var isKept = false;
        try
        {
            using var initialized = await stream.AskAsync(McpPost.Initialize, cancellationToken);
            await stream.PostAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""", cancellationToken);
            for (var message = 0; message < 3; message++)
            {
                var order = new Order(weather.IsDown ? "422" : "ok", number);
                using var answer = await stream.AskAsync(
                    McpPost.Call(message + 2, "bills_list", Search(order)),
                    cancellationToken
                );
                Report(
                    "stream",
                    answer.RootElement.ToString(),
                    Judge.Message(answer.RootElement, message + 2, order, weather.MayPause, out var isPaused),
                    isPaused
                );
            }

            if (number % 3 == 0)
            {
                // Left while a call is under way.
                await stream.PostAsync(McpPost.Call(9, "bills_list", Search(new("slow", number))), cancellationToken);
            }

            isKept = number % 3 == 1;
        }
        finally
        {
            Leave(stream, isKept);
        }
    }

    // Some stay open, read by nobody, until others take their place.
    private void Leave(LegacyStream stream, bool isKept)
    {
        LegacyStream? closed = stream;
        lock (abandoned)
        {
            if (isKept)
            {
                abandoned.Enqueue(stream);
                closed = abandoned.Count > AbandonedStreams ? abandoned.Dequeue() : null;
            }
        }

        if (closed is not null)
        {
            closed.Dispose();
            Interlocked.Decrement(ref openStreams);
        }
    }

    private static string Search(Order order) => $$"""{"companyUuid":"{{Order.Company}}","search":"{{order}}"}""";

    private void Judged(string kind, Order order, McpAnswer answer)
    {
        var isPaused = false;
        Report(
            kind,
            answer,
            users.IsKeyNew && answer.Status == 401
                ? null
                : Judge.Call(answer, order.Number, order, weather.MayPause, out isPaused),
            isPaused
        );
    }

    private void Report(string kind, McpAnswer answer, string? fault, bool isPaused = false) =>
        Report(kind, answer.Body, users.IsKeyNew && answer.Status == 401 ? null : fault, isPaused);

    private void Report(string kind, string answer, string? fault, bool isPaused)
    {
        if (isPaused)
        {
            tally.HeldBack();
        }

        if (fault is not null)
        {
            tally.Failed(kind, fault, answer);
        }
    }
}
