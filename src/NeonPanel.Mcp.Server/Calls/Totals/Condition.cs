using System.Text;
using System.Text.Json;

namespace NeonPanel.Mcp.Server.Calls.Totals;

/// <summary>One condition of the argument <c>where</c>.</summary>
/// <param name="Text">The value that the caller wrote.</param>
internal sealed record Condition(RowMember Member, ConditionOperator Operator, string Text)
{
    /// <summary>Gets the member with whose value the row's value is compared, or <see langword="null"/> for
    /// <see cref="Text"/>.</summary>
    public RowMember? Other { get; init; }

    /// <summary>Gets the number of the alternative that the condition belongs to: <c>or</c> begins the next
    /// one.</summary>
    public int Alternative { get; init; }

    /// <summary>Gets the value as a number, if it is one.</summary>
    public ExactDecimal? Number { get; init; }

    /// <summary>Gets the value as a day or time, if it is one.</summary>
    public DayOrTime? Day { get; init; }

    public bool IsRange =>
        Operator
            is ConditionOperator.Less
                or ConditionOperator.LessOrEqual
                or ConditionOperator.Greater
                or ConditionOperator.GreaterOrEqual;

    /// <summary>Returns the same condition with a value.</summary>
    public Condition WithText(string text) =>
        this with
        {
            Text = text,
            Other = null,
            Number = ExactDecimal.TryParse(Encoding.UTF8.GetBytes(text), out var number) ? number : null,
            Day = DayOrTime.TryParse(text, out var day) ? day : null,
        };

    /// <summary>Returns whether a row's value meets the condition against the value of <see cref="Other"/>. An empty
    /// value is unequal to every other, and neither smaller nor larger.</summary>
    /// <exception cref="RowFaultException">A range is asked of something that has no order.</exception>
    public bool IsMetBy(RowValue value, RowValue other) =>
        other.IsEmpty || other.Text is not { } text
            ? Operator == ConditionOperator.NotEqual && !value.IsEmpty
            : WithText(text).IsMetBy(value);

    /// <summary>Returns whether a row's value meets the condition. Null and empty text meet no condition but
    /// <c>is empty</c> and <c>!=</c>.</summary>
    /// <exception cref="RowFaultException">A range is asked of something that has no order.</exception>
    public bool IsMetBy(RowValue value)
    {
        switch (Operator)
        {
            case ConditionOperator.Empty:
                return value.IsEmpty;
            case ConditionOperator.NotEmpty:
                return !value.IsEmpty;
            case ConditionOperator.Equal:
                return IsEqual(value);
            case ConditionOperator.NotEqual:
                return !IsEqual(value);
            case ConditionOperator.Contains:
                return value.Text is { } text && text.Contains(Text, StringComparison.OrdinalIgnoreCase);
        }

        if (value.IsEmpty)
        {
            return false;
        }

        var order = Order(value);
        return Operator switch
        {
            ConditionOperator.Less => order < 0,
            ConditionOperator.LessOrEqual => order <= 0,
            ConditionOperator.Greater => order > 0,
            _ => order >= 0,
        };
    }

    private string Wanted =>
        this switch
        {
            { Number: not null } => "a number",
            { Day: not null } => "a date",
            _ => "a text",
        };

    private bool IsEqual(RowValue value)
    {
        if (value.Text is not { } text)
        {
            return false;
        }

        return text.Equals(Text, StringComparison.OrdinalIgnoreCase)
            || (Number is { } number && value.TryNumber(out var other) && number.CompareTo(other) == 0)
            || (Day is { } day && DayOrTime.TryParse(text, out var otherDay) && day.CompareTo(otherDay) == 0);
    }

    private int Order(RowValue value)
    {
        if (Number is { } number && value.TryNumber(out var other))
        {
            return other.CompareTo(number);
        }

        if (Day is { } day && value.Kind == JsonTokenType.String && DayOrTime.TryParse(value.Text, out var otherDay))
        {
            return otherDay.CompareTo(day);
        }

        throw new RowFaultException(
            $"Argument 'where' compares '{Member.Name}' with {Wanted}, but a row holds {value.KindName} there. Use = or contains for texts."
        );
    }
}
