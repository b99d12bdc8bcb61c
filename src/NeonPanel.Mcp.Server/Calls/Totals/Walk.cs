using NeonPanel.Mcp.Server.Answers;

namespace NeonPanel.Mcp.Server.Calls.Totals;

/// <summary>The state of one reading of all pages.</summary>
internal sealed class Walk(WalkedCall call, RowFold fold, TimeProvider time, CancellationTokenSource cancellation)
{
    private const int MaxFilters = 5;

    // Many small pages must not become many messages.
    private static readonly TimeSpan ProgressPause = TimeSpan.FromMilliseconds(250);

    private long reported;

    public WalkedCall Call => call;

    public RowFold Fold => fold;

    public WalkReport Report { get; } = new();

    /// <summary>Gets the time stamp of the start.</summary>
    public long Start { get; } = time.GetTimestamp();

    public CancellationToken Cancelled => cancellation.Token;

    /// <summary>Gets or sets what the first page says.</summary>
    public PageFacts? First { get; set; }

    /// <summary>Gets or sets what the page that was read last says.</summary>
    public PageFacts? Last { get; set; }

    public PagePlan? Plan { get; set; }

    /// <summary>Gets or sets the number of the page that was requested last.</summary>
    public int Started { get; set; }

    /// <summary>Gets or sets how many pages were requested.</summary>
    public int Requested { get; set; } = 1;

    /// <summary>Gets or sets the number of the next page to read.</summary>
    public int NextToRead { get; set; }

    /// <summary>Gets or sets how many pages failed.</summary>
    public int Failures { get; set; }

    /// <summary>Gets whether no further page is requested.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Gets how to ask for fewer rows, as a sentence.</summary>
    public string Narrower
    {
        get
        {
            var tool = call.Tool;
            string?[] others =
            [
                tool.Paging.Page,
                tool.Paging.Size,
                tool.Paging.Offset,
                tool.Paging.Cursor,
                TotalReader.Argument,
                ConditionReader.Argument,
                WholeListQuery.AllPages,
                FieldSelection.Argument,
            ];
            var filters = tool
                .Arguments.Properties.Keys.Except(tool.Arguments.Required)
                .Where(name => !others.Contains(name))
                .Take(MaxFilters)
                .ToList();
            return filters.Count == 0
                ? "The API offers no filter for a part of the list."
                : $"Ask for parts of the list by {string.Join(", ", filters)}.";
        }
    }

    /// <summary>Counts a page that was read. An empty page only shows the end of the list.</summary>
    public void Count(int rows)
    {
        if (rows > 0 || Report.Pages == 0)
        {
            Report.Pages++;
        }
    }

    /// <summary>Records that a page and all after it are missing, and requests no more.</summary>
    public void Stop(int number, string reason, string? nextStep)
    {
        IsStopped = true;
        Report.NextStep ??= nextStep;
        if (Plan is { IsCounted: true, IsOpenEnded: false, PageCount: { } last } && number > last)
        {
            return;
        }

        Report.Miss(number, Plan?.PageCount, reason);
        Report.Resume = Plan is { IsNumbered: true } ? number : null;
    }

    /// <summary>Compares a page with the first: totals that differ show that the list changed.</summary>
    public void Compare(int number, PageFacts facts)
    {
        if (First is not { } first)
        {
            return;
        }

        if (facts.Total is { } total && first.Total is { } before && total != before)
        {
            Report.Changed ??= $"page 1 told {before} rows, page {number} {total}";
        }
        else if (facts.Last is { } last && first.Last is { } lastBefore && last != lastBefore)
        {
            Report.Changed ??= $"page 1 told {lastBefore} pages, page {number} {last}";
        }
    }

    /// <summary>Tells the client how far the reading is, if it asked for that.</summary>
    public async Task ReportAsync()
    {
        if (
            call.Context.Progress is not { } progress
            || (reported > 0 && time.GetElapsedTime(reported) < ProgressPause)
        )
        {
            return;
        }

        reported = time.GetTimestamp();
        var total = Plan?.PageCount;
        await progress(
            Report.Pages,
            total,
            total is null ? $"Read {Report.Pages} pages." : $"Read {Report.Pages} of {total} pages.",
            Cancelled
        );
    }

    /// <summary>Cancels the requests that are still under way.</summary>
    public Task CancelAsync() => cancellation.CancelAsync();
}
