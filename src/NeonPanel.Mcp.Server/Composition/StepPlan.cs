using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Composition;

/// <summary>One step: which tool is called with what, and which rows of its answers are kept.</summary>
internal sealed class StepPlan
{
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly List<string[]> members = [];

    public required string Name { get; init; }

    public required ToolDescriptor Tool { get; init; }

    /// <summary>Gets the step whose rows are gone through, or <see langword="null"/> for one call.</summary>
    public required StepPlan? ForEach { get; init; }

    /// <summary>Gets the path of the list in the answer; empty if the answer is one row.</summary>
    public required string[] Rows { get; init; }

    /// <summary>Gets the most pages to read.</summary>
    public required int Pages { get; init; }

    public IReadOnlyList<(string Argument, IStepValue Value)> With { get; set; } = [];

    public IReadOnlyList<Condition> Where { get; set; } = [];

    /// <summary>Gets or sets the arguments of which one must be given for the step; <see langword="null"/> for a step
    /// that is always taken.</summary>
    public ArgumentCases? When { get; set; }

    /// <summary>Gets or sets the steps that must have no rows for this step to be taken.</summary>
    public IReadOnlyList<StepPlan> IfEmpty { get; set; } = [];

    /// <summary>Gets or sets the member that names a row in messages, or -1.</summary>
    public int Label { get; set; } = -1;

    /// <summary>Gets the paths of the members that are kept of a row. All others are dropped at once.</summary>
    public IReadOnlyList<string[]> Members => members;

    /// <summary>Returns the place of a member among those that are kept.</summary>
    public int PlaceOf(string path)
    {
        if (!places.TryGetValue(path, out var place))
        {
            place = places[path] = members.Count;
            members.Add(path.Split('.'));
        }

        return place;
    }

    /// <summary>Finds the row of this step that a row belongs to.</summary>
    public StepRow? RowOf(StepRow? row)
    {
        while (row is not null && row.Step != this)
        {
            row = row.Parent;
        }

        return row;
    }
}
