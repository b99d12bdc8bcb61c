using System.Text.Json;
using NeonPanel.Mcp.Server.Composition.Expressions;

namespace NeonPanel.Mcp.Server.Composition;

/// <summary>The rows of one table, computed from the rows of the steps.</summary>
internal sealed class TableRows
{
    private readonly TablePlan table;
    private readonly JsonElement arguments;

    private TableRows(TablePlan table, JsonElement arguments)
    {
        this.table = table;
        this.arguments = arguments;
        Asked = new bool[table.Columns.Count];
    }

    public TablePlan Table => table;

    /// <summary>Gets which columns the call asks for.</summary>
    public bool[] Asked { get; }

    /// <summary>Gets the rows that meet the conditions, in order.</summary>
    public List<object?[]> Rows { get; private set; } = [];

    public static TableRows Of(TablePlan table, JsonElement arguments, StepRows steps)
    {
        var rows = new TableRows(table, arguments);
        rows.Read(steps);
        rows.SumAcross();
        rows.Group();
        rows.Compute(steps);
        foreach (var condition in table.Where.Where(condition => condition.Places.All(place => rows.Asked[place])))
        {
            rows.Rows = condition.Filter(rows.Rows, row => row, arguments, []);
        }

        rows.Rows = rows.Sorted();
        return rows;
    }

    private void Read(StepRows steps)
    {
        foreach (var part in table.Parts)
        {
            var scope = new ExpressionScope(arguments, steps);
            var columns = part.Columns.Where(column => column.Expression.IsAsked(scope)).ToList();
            columns.ForEach(column => Asked[column.Column] = true);
            foreach (var row in steps[part.Of])
            {
                var values = new object?[table.Columns.Count];
                foreach (var (column, expression) in columns)
                {
                    values[column] = Value(expression, scope with { Row = row });
                }

                Rows.Add(values);
            }
        }
    }

    // A number beyond the range of decimals is unknown, like one that the API left out.
    private static object? Value(IExpression expression, ExpressionScope scope)
    {
        try
        {
            return expression.Of(scope);
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private void SumAcross()
    {
        foreach (var (column, sum, same) in table.Across)
        {
            Asked[column] = Asked[sum] && same.All(place => Asked[place]);
            if (!Asked[column])
            {
                // Without one of its keys, the sum would be of rows that do not belong together.
                continue;
            }

            foreach (var group in Rows.GroupBy(row => KeyOf(row, same)).Select(group => group.ToList()))
            {
                var total = Sum(group, sum);
                group.ForEach(row => row[column] = total);
            }
        }
    }

    private void Group()
    {
        if (
            table.GroupArgument is not { } argument
            || !arguments.TryGetProperty(argument, out var value)
            || !table.GroupCases.TryGetValue(value.ToString(), out var keys)
        )
        {
            return;
        }

        Rows = [.. Rows.GroupBy(row => KeyOf(row, keys)).Select(group => Merged([.. group]))];
    }

    // A column that is not summed stays if all rows of the group have the same value.
    private object?[] Merged(List<object?[]> group)
    {
        var row = new object?[table.Columns.Count];
        for (var column = 0; column < row.Length; column++)
        {
            if (table.Sums.Contains(column))
            {
                row[column] = Sum(group, column);
            }
            else if (group.TrueForAll(other => Equals(other[column], group[0][column])))
            {
                row[column] = group[0][column];
            }
        }

        return row;
    }

    private static decimal? Sum(List<object?[]> rows, int column)
    {
        var sum = 0m;
        foreach (var row in rows)
        {
            if (row[column] is not decimal number)
            {
                return null;
            }

            sum += number;
        }

        return sum;
    }

    private void Compute(StepRows steps)
    {
        foreach (var (column, expression) in table.Computed)
        {
            var scope = new ExpressionScope(arguments, steps, Asked: Asked);
            Asked[column] = expression.IsAsked(scope);
            if (Asked[column])
            {
                Rows.ForEach(row => row[column] = Value(expression, scope with { Columns = row }));
            }
        }
    }

    private List<object?[]> Sorted()
    {
        IOrderedEnumerable<object?[]>? sorted = null;
        foreach (var (column, isDescending) in table.Sort.Where(sort => Asked[sort.Column]))
        {
            var order = Comparer<object?>.Create((left, right) => Compare(left, right, isDescending));
            sorted = sorted?.ThenBy(row => row[column], order) ?? Rows.OrderBy(row => row[column], order);
        }

        return sorted is null ? Rows : [.. sorted];
    }

    // Unknown values come last in both directions.
    private static int Compare(object? left, object? right, bool isDescending) =>
        isDescending && left is not null && right is not null ? Cells.Compare(right, left) : Cells.Compare(left, right);

    /// <summary>Returns what rows of a group have in common, as a text.</summary>
    public static string KeyOf(object?[] row, IEnumerable<int> columns) =>
        string.Join('\u001f', columns.Select(column => row[column] is { } value ? Cells.Text(value) : "\u0000"));
}
