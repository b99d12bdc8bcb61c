namespace NeonPanel.Mcp.Server.Composition.Expressions;

/// <summary>The sum of several expressions. A member of several rows is summed over all of them.</summary>
internal sealed record SumExpression(IReadOnlyList<IExpression> Operands) : IExpression
{
    public bool IsAsked(ExpressionScope scope) => Operands.All(operand => operand.IsAsked(scope));

    public object? Of(ExpressionScope scope)
    {
        var sum = 0m;
        foreach (var operand in Operands)
        {
            foreach (var value in operand is MemberExpression member ? member.Values(scope) : [operand.Of(scope)])
            {
                if (value is not decimal number)
                {
                    return null;
                }

                sum += number;
            }
        }

        return sum;
    }
}

/// <summary>The product of several expressions.</summary>
internal sealed record ProductExpression(IReadOnlyList<IExpression> Operands) : IExpression
{
    public bool IsAsked(ExpressionScope scope) => Operands.All(operand => operand.IsAsked(scope));

    public object? Of(ExpressionScope scope)
    {
        var product = 1m;
        foreach (var operand in Operands)
        {
            if (operand.Of(scope) is not decimal number)
            {
                return null;
            }

            product *= number;
        }

        return product;
    }
}

/// <summary>The quotient of two expressions. It is rounded only where it is shown, so that comparisons are
/// exact.</summary>
/// <param name="Decimals">Digits after the point that are shown.</param>
internal sealed record QuotientExpression(IExpression Dividend, IExpression Divisor, int Decimals) : IExpression
{
    public bool IsAsked(ExpressionScope scope) => Dividend.IsAsked(scope) && Divisor.IsAsked(scope);

    public object? Of(ExpressionScope scope) =>
        Dividend.Of(scope) is decimal dividend && Divisor.Of(scope) is decimal divisor && divisor != 0
            ? dividend / divisor
            : null;
}

/// <summary>The amount of the latest units (first in, first out: what is left came last). The rows of a step have
/// quantities and amounts, the oldest first. Of a row that is left in part, each amount leaves in proportion, rounded
/// to the given digits.</summary>
/// <param name="Units">How many units are left.</param>
/// <param name="Step">The step with the rows.</param>
/// <param name="Quantity">Place of a row's quantity.</param>
/// <param name="Amounts">Place of a row's amounts: one or a list.</param>
internal sealed record LatestExpression(IExpression Units, StepPlan Step, int Quantity, int Amounts, int Decimals)
    : IExpression
{
    public bool IsAsked(ExpressionScope scope) => Units.IsAsked(scope) && !scope.Rows.IsLeftOut(Step);

    /// <returns><see langword="null"/> if the rows have fewer units.</returns>
    public object? Of(ExpressionScope scope)
    {
        if (Units.Of(scope) is not decimal left)
        {
            return null;
        }

        var value = 0m;
        foreach (var row in scope.Rows.Of(Step, scope.Row!).Reverse())
        {
            if (left <= 0)
            {
                break;
            }

            if (row.Cells[Quantity] is not decimal quantity || quantity <= 0)
            {
                continue;
            }

            var taken = Math.Min(left, quantity);
            foreach (var amount in Cells.Flatten(row.Cells[Amounts]))
            {
                if (amount is not decimal whole)
                {
                    return null;
                }

                value +=
                    whole
                    - decimal.Round(whole * (quantity - taken) / quantity, Decimals, MidpointRounding.AwayFromZero);
            }

            left -= taken;
        }

        return left > 0 ? null : value;
    }
}
