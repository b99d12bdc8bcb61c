namespace NeonPanel.Mcp.Server.Composition;

/// <summary>The rows of all steps of one call.</summary>
internal sealed class StepRows
{
    private readonly Dictionary<StepPlan, List<StepRow>> rows = [];
    private readonly HashSet<StepPlan> leftOut = [];
    private readonly Dictionary<(StepPlan, StepPlan), Dictionary<StepRow, List<StepRow>>> within = [];
    private readonly Dictionary<(StepPlan, int), Dictionary<string, StepRow>> keys = [];

    /// <summary>Returns the rows of a step; none if it was not taken.</summary>
    public List<StepRow> this[StepPlan step]
    {
        get
        {
            lock (rows)
            {
                return rows.GetValueOrDefault(step) ?? [];
            }
        }
        set
        {
            lock (rows)
            {
                rows[step] = value;
            }
        }
    }

    /// <summary>Notes that the call does not ask for a step.</summary>
    public void LeaveOut(StepPlan step)
    {
        lock (rows)
        {
            leftOut.Add(step);
        }
    }

    public bool IsLeftOut(StepPlan step) => leftOut.Contains(step);

    /// <summary>Returns the rows of a step that belong to a row: the row itself, the row around it, or the rows that
    /// were read for it.</summary>
    public IReadOnlyList<StepRow> Of(StepPlan step, StepRow row)
    {
        if (step.RowOf(row) is { } around)
        {
            return [around];
        }

        if (!within.TryGetValue((step, row.Step), out var groups))
        {
            groups = new(ReferenceEqualityComparer.Instance);
            foreach (var inner in this[step])
            {
                if (row.Step.RowOf(inner) is { } outer)
                {
                    groups.TryAdd(outer, []);
                    groups[outer].Add(inner);
                }
            }

            within[(step, row.Step)] = groups;
        }

        return groups.GetValueOrDefault(row) ?? [];
    }

    /// <summary>Finds the first row of a step with a key.</summary>
    public StepRow? Find(StepPlan step, int key, string wanted)
    {
        if (!keys.TryGetValue((step, key), out var index))
        {
            index = new(StringComparer.OrdinalIgnoreCase);
            foreach (var row in this[step])
            {
                foreach (var value in Cells.Flatten(row.Cells[key]).Select(Cells.Text).OfType<string>())
                {
                    index.TryAdd(value, row);
                }
            }

            keys[(step, key)] = index;
        }

        return index.GetValueOrDefault(wanted);
    }
}
