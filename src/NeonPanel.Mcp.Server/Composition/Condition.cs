using System.Text.Json;

namespace NeonPanel.Mcp.Server.Composition;

/// <summary>A condition that a row must meet: one of its values compares to one of the wanted values. A condition whose
/// argument the call leaves out is always met.</summary>
/// <param name="Places">Places of the compared values in a row.</param>
/// <param name="Operator"><c>named</c>, <c>equals</c>, <c>differs</c>, <c>below</c> or <c>above</c>.</param>
/// <param name="Wanted">The value to compare with.</param>
internal sealed record Condition(IReadOnlyList<int> Places, string Operator, IStepValue Wanted)
{
    /// <param name="place">Returns the place of a member or column.</param>
    public static IReadOnlyList<Condition> Read(JsonElement declaration, Func<string, int> place) =>
        declaration.TryGetProperty("where", out var list)
            ? [.. list.EnumerateArray().Select(item => Of(item, place))]
            : [];

    private static Condition Of(JsonElement condition, Func<string, int> place)
    {
        var given = condition.EnumerateObject().First(member => member.Name != "any");
        return new(
            [.. condition.GetProperty("any").EnumerateArray().Select(path => place(path.GetString()!))],
            given.Name,
            given.Value.ValueKind == JsonValueKind.Object
                ? new ArgumentValue(given.Value.GetProperty("argument").GetString()!)
                : new ConstantValue(given.Value.Clone())
        );
    }

    /// <summary>Returns the rows that meet the condition.</summary>
    /// <param name="cellsOf">Returns the values of a row.</param>
    /// <param name="unmatched">Receives the wanted names of a list that no row has.</param>
    public List<T> Filter<T>(
        List<T> rows,
        Func<T, object?[]> cellsOf,
        JsonElement arguments,
        ICollection<string> unmatched
    )
        where T : class
    {
        if (Wanted.Of(arguments, null) is not JsonElement value)
        {
            return rows;
        }

        var isList = value.ValueKind == JsonValueKind.Array;
        List<object?> wanted = isList ? [.. value.EnumerateArray().Select(Cells.Value)] : [Cells.Value(value)];
        if (Operator != "named")
        {
            return rows.FindAll(row => wanted.Exists(item => Meets(ValuesOf(cellsOf(row)), item)));
        }

        var found = new HashSet<T>(ReferenceEqualityComparer.Instance);
        foreach (var name in wanted.Select(item => Cells.Text(item)!))
        {
            // A row with this very name, such as a SKU, excludes those that only contain it.
            var named = rows.FindAll(row => ValuesOf(cellsOf(row)).Any(cell => Cells.AreEqual(cell, name)));
            named =
                named.Count > 0 ? named : rows.FindAll(row => ValuesOf(cellsOf(row)).Any(cell => Contains(cell, name)));
            found.UnionWith(named);
            if (named.Count == 0 && isList)
            {
                unmatched.Add(name);
            }
        }

        return rows.FindAll(found.Contains);
    }

    private static bool Contains(object? cell, string name) =>
        cell is string text && text.Contains(name, StringComparison.OrdinalIgnoreCase);

    private IEnumerable<object?> ValuesOf(object?[] cells) => Places.SelectMany(place => Cells.Flatten(cells[place]));

    private bool Meets(IEnumerable<object?> values, object? wanted) =>
        Operator switch
        {
            "equals" => values.Any(value => Cells.AreEqual(value, wanted)),
            "differs" => values.All(value => !Cells.AreEqual(value, wanted)),
            "below" => values.Any(value => value is decimal number && wanted is decimal limit && number < limit),
            _ => values.Any(value => value is decimal number && wanted is decimal limit && number > limit),
        };
}
