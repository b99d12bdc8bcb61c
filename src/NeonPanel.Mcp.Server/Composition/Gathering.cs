using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace NeonPanel.Mcp.Server.Composition;

/// <summary>Takes the steps of one composed call: each as soon as the steps before it that it uses have ended, and at
/// most four requests at the same time.</summary>
internal sealed class Gathering(CompositionPlan plan, JsonElement arguments, StepReader reader) : IDisposable
{
    private readonly SemaphoreSlim places = new(CompositionOptions.Parallel);
    private readonly Dictionary<StepPlan, Task> running = [];
    private readonly List<MissingPart> missing = [];
    private readonly SortedSet<string> unmatched = new(StringComparer.Ordinal);

    public StepRows Rows { get; } = new();

    /// <summary>Gets what could not be read.</summary>
    public IReadOnlyCollection<MissingPart> Missing => missing;

    /// <summary>Gets the names that a list argument contains and no row has.</summary>
    public IReadOnlyCollection<string> Unmatched => unmatched;

    /// <summary>Gets the first failure, and whether it stopped further steps.</summary>
    public (StepFailure Failure, bool IsWhole)? First { get; private set; }

    /// <param name="cancellationToken">Ends the call without a result.</param>
    /// <param name="end">Ends the reading. What was not read is reported as missing.</param>
    public async Task RunAsync(CancellationToken cancellationToken, CancellationToken end)
    {
        foreach (var step in plan.Steps)
        {
            IEnumerable<StepPlan> before = step.ForEach is { } source ? step.IfEmpty.Append(source) : step.IfEmpty;
            running[step] = RunAsync(step, [.. before.Select(other => running[other])], cancellationToken, end);
        }

        await Task.WhenAll(running.Values);
        cancellationToken.ThrowIfCancellationRequested();
    }

    public void Dispose() => places.Dispose();

    private async Task RunAsync(
        StepPlan step,
        Task[] before,
        CancellationToken cancellationToken,
        CancellationToken end
    )
    {
        await Task.WhenAll(before);
        if (step.When?.Apply(arguments) == false || step.IfEmpty.Any(other => Rows[other].Count > 0))
        {
            Rows.LeaveOut(step);
            return;
        }

        List<StepRow?> parents = step.ForEach is { } source ? [.. Rows[source]] : [null];
        // Rows that need the same call share it: the details of an item that several warehouses hold are read once.
        var calls = new Dictionary<string, (JsonElement Arguments, List<StepRow?> Parents)>(StringComparer.Ordinal);
        foreach (var parent in parents)
        {
            if (StepRequest.Arguments(step, arguments, parent) is not { } sent)
            {
                Miss(step, parent, new("the row has no value for a required argument."));
                continue;
            }

            var key = Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(sent));
            calls.TryAdd(key, (sent, []));
            calls[key].Parents.Add(parent);
        }

        var read = await Task.WhenAll(
            calls.Values.Select(item => ReadAsync(step, item.Arguments, item.Parents, cancellationToken, end))
        );
        var byParent = new Dictionary<StepRow, List<object?[]>>(ReferenceEqualityComparer.Instance);
        foreach (
            var (cells, parent) in read.SelectMany(item =>
                item.Parents.OfType<StepRow>().Select(parent => (item.Cells, parent))
            )
        )
        {
            byParent[parent] = cells;
        }

        // In the order of the rows before, whatever call ended first.
        List<StepRow> rows = step.ForEach is null
            ? [.. read.SelectMany(item => item.Cells).Select(cells => new StepRow(step, null, cells))]
            :
            [
                .. parents
                    .OfType<StepRow>()
                    .SelectMany(parent =>
                        byParent.GetValueOrDefault(parent, []).Select(cells => new StepRow(step, parent, cells))
                    ),
            ];
        lock (unmatched)
        {
            foreach (var condition in step.Where)
            {
                rows = condition.Filter(rows, row => row.Cells, arguments, unmatched);
            }
        }

        Rows[step] = rows;
    }

    private async Task<(List<object?[]> Cells, List<StepRow?> Parents)> ReadAsync(
        StepPlan step,
        JsonElement sent,
        List<StepRow?> parents,
        CancellationToken cancellationToken,
        CancellationToken end
    )
    {
        var cells = new List<object?[]>();
        StepFailure? failure = null;
        try
        {
            await places.WaitAsync(end);
            try
            {
                failure = await reader.ReadAsync(step, sent, cells, end);
            }
            finally
            {
                places.Release();
            }
        }
        catch (OperationCanceledException)
            when (end.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            failure = new("the time for one call ended before it was read. Ask for less.");
        }

        if (failure is not null)
        {
            parents.ForEach(parent => Miss(step, parent, failure));
        }

        return (cells, parents);
    }

    private void Miss(StepPlan step, StepRow? parent, StepFailure failure)
    {
        lock (missing)
        {
            missing.Add(new(step.Tool.Name, LabelOf(parent), failure.Reason));
            var isWhole = plan.Steps.Any(other => other.ForEach == step) && step.ForEach is null;
            if (failure.Result is not null && (First is null || isWhole))
            {
                First = (failure, isWhole);
            }
        }
    }

    private static string LabelOf(StepRow? row)
    {
        var labels = new List<string>();
        for (; row is not null; row = row.Parent)
        {
            if (row.Step.Label >= 0 && Cells.Text(row.Cells[row.Step.Label]) is { Length: > 0 } label)
            {
                labels.Add(label);
            }
        }

        return string.Join(" in ", labels);
    }
}
