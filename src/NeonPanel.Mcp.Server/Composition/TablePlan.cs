using NeonPanel.Mcp.Server.Composition.Expressions;

namespace NeonPanel.Mcp.Server.Composition;

/// <summary>One table of the result.</summary>
internal sealed class TablePlan
{
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly List<string> columns = [];

    public required string Name { get; init; }

    /// <summary>Gets whether rows are lists of values under a list of columns, and not objects.</summary>
    public required bool IsLists { get; init; }

    public IReadOnlyList<TablePart> Parts { get; set; } = [];

    /// <summary>Gets or sets sums of a column over the rows that are the same in other columns.</summary>
    public IReadOnlyList<(int Column, int Sum, IReadOnlyList<int> Same)> Across { get; set; } = [];

    /// <summary>Gets or sets the argument that chooses how rows are grouped, or <see langword="null"/>.</summary>
    public string? GroupArgument { get; set; }

    /// <summary>Gets or sets the columns that are the same in a group, by the value of the argument.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<int>> GroupCases { get; set; } =
        new Dictionary<string, IReadOnlyList<int>>();

    /// <summary>Gets or sets the columns that are summed in a group.</summary>
    public IReadOnlySet<int> Sums { get; set; } = new HashSet<int>();

    public IReadOnlyList<(int Column, IExpression Expression)> Computed { get; set; } = [];

    public IReadOnlyList<Condition> Where { get; set; } = [];

    public IReadOnlyList<(int Column, bool IsDescending)> Sort { get; set; } = [];

    /// <summary>Gets or sets the most rows that are shown, or <see langword="null"/>.</summary>
    public IStepValue? Top { get; set; }

    public IReadOnlySet<int> Hidden { get; set; } = new HashSet<int>();

    /// <summary>Gets or sets the arguments that leave the table out of the answer.</summary>
    public ArgumentCases? Unless { get; set; }

    public IReadOnlyList<string> Columns => columns;

    /// <summary>Returns the place of a column, which is added if it is new.</summary>
    public int PlaceOf(string column)
    {
        if (!places.TryGetValue(column, out var place))
        {
            place = places[column] = columns.Count;
            columns.Add(column);
        }

        return place;
    }
}

/// <summary>The rows of a table that are made of the rows of one step.</summary>
internal sealed record TablePart(StepPlan Of, IReadOnlyList<(int Column, IExpression Expression)> Columns);

/// <summary>Sums of a table's rows before they are cut to the top, for each combination of values in some
/// columns.</summary>
internal sealed record TotalsPlan(string Name, TablePlan Table, IReadOnlyList<int> By, IReadOnlyList<int> Sums);
