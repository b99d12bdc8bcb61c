namespace NeonPanel.Mcp.Server.Composition.Expressions;

/// <summary>A constant or an argument.</summary>
internal sealed record SourceExpression(IStepValue Source) : IExpression
{
    public bool IsAsked(ExpressionScope scope) => true;

    public object? Of(ExpressionScope scope) =>
        Source.Of(scope.Arguments, null) is System.Text.Json.JsonElement value ? Cells.Value(value) : null;
}

/// <summary>A text that is known with the plan.</summary>
internal sealed record TextExpression(string Text) : IExpression
{
    public bool IsAsked(ExpressionScope scope) => true;

    public object? Of(ExpressionScope scope) => Text;
}

/// <summary>A member of the row itself, of a row around it, or of the rows that were read for it.</summary>
internal sealed record MemberExpression(StepPlan Step, int Place) : IExpression
{
    public bool IsAsked(ExpressionScope scope) => !scope.Rows.IsLeftOut(Step);

    public object? Of(ExpressionScope scope) => Values(scope).FirstOrDefault(value => value is not null);

    /// <summary>Returns the values of all rows that belong to the row. A row without the member has a null.</summary>
    public IEnumerable<object?> Values(ExpressionScope scope) =>
        scope.Rows.Of(Step, scope.Row!).SelectMany(row => row.Cells[Place] is { } cell ? Cells.Flatten(cell) : [null]);
}

/// <summary>A column of the same table.</summary>
internal sealed record ColumnExpression(int Place) : IExpression
{
    public bool IsAsked(ExpressionScope scope) => scope.Asked![Place];

    public object? Of(ExpressionScope scope) => scope.Columns![Place];
}

/// <summary>The first of several expressions that has a value.</summary>
internal sealed record FirstExpression(IReadOnlyList<IExpression> Choices) : IExpression
{
    public bool IsAsked(ExpressionScope scope) => Choices.Any(choice => choice.IsAsked(scope));

    public object? Of(ExpressionScope scope) =>
        Choices
            .Where(choice => choice.IsAsked(scope))
            .Select(choice => choice.Of(scope))
            .FirstOrDefault(value => value is not null);
}

/// <summary>How a value compares to another: <c>exact</c>, <c>part</c> if it contains the other, or <c>related</c>. In
/// this order, texts sort from the best to the least.</summary>
internal sealed record MatchExpression(IExpression Value, IExpression Wanted) : IExpression
{
    public bool IsAsked(ExpressionScope scope) => Value.IsAsked(scope);

    public object? Of(ExpressionScope scope)
    {
        var value = Cells.Text(Value.Of(scope))?.Trim() ?? "";
        var wanted = Cells.Text(Wanted.Of(scope))?.Trim() ?? "";
        if (string.Equals(value, wanted, StringComparison.OrdinalIgnoreCase))
        {
            return "exact";
        }

        return value.Contains(wanted, StringComparison.OrdinalIgnoreCase) ? "part" : "related";
    }
}

/// <summary>A member of the first row of any step whose key equals a value.</summary>
internal sealed record JoinExpression(StepPlan Step, int Place, int Key, IExpression Wanted) : IExpression
{
    public bool IsAsked(ExpressionScope scope) => !scope.Rows.IsLeftOut(Step) && Wanted.IsAsked(scope);

    public object? Of(ExpressionScope scope) =>
        Cells.Text(Wanted.Of(scope)) is { } wanted && scope.Rows.Find(Step, Key, wanted) is { } row
            ? Cells.Flatten(row.Cells[Place]).FirstOrDefault()
            : null;
}
