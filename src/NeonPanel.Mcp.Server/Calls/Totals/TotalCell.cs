using System.Text;
using System.Text.Json;
using NeonPanel.Mcp.Server.Answers;

namespace NeonPanel.Mcp.Server.Calls.Totals;

/// <summary>The value of one function for one group.</summary>
internal sealed class TotalCell
{
    private ExactDecimal? number;
    private DayOrTime? day;
    private string? dayText;

    /// <summary>Gets how many rows had no value.</summary>
    public int Nulls { get; private set; }

    /// <summary>Gets the number, for the order of groups; <see langword="null"/> without a value.</summary>
    public ExactDecimal? Number => number;

    /// <summary>Gets whether the values were days or times.</summary>
    public bool IsDay => day is not null;

    public DateTimeOffset? Day => day?.Order;

    /// <exception cref="RowFaultException">The value does not fit the function.</exception>
    public void Add(TotalFunction function, RowValue value)
    {
        if (function.Kind == TotalKind.Count)
        {
            number = (number ?? default(ExactDecimal)) + new ExactDecimal(1, 0);
        }
        else if (value.IsEmpty)
        {
            Nulls++;
        }
        else if (value.TryNumber(out var found) && day is null)
        {
            AddNumber(function.Kind, found);
        }
        else if (
            function.Kind != TotalKind.Sum
            && number is null
            && value.Kind == JsonTokenType.String
            && value.Text is { } text
            && DayOrTime.TryParse(text, out var time)
        )
        {
            AddDay(function.Kind, time, text);
        }
        else
        {
            throw new RowFaultException(Fault(function, value));
        }
    }

    /// <summary>Makes the count of no rows 0.</summary>
    public void AddNone() => number = default(ExactDecimal);

    /// <summary>Adds the values of another group.</summary>
    public void Add(TotalFunction function, TotalCell other)
    {
        Nulls += other.Nulls;
        if (other.number is { } found)
        {
            AddNumber(function.Kind == TotalKind.Count ? TotalKind.Sum : function.Kind, found);
        }

        if (other.day is { } time)
        {
            AddDay(function.Kind, time, other.dayText!);
        }
    }

    /// <summary>Returns the value as JSON text.</summary>
    public byte[] ToJson(TotalFunction function)
    {
        if (dayText is not null)
        {
            return AnswerText.Quote(dayText);
        }

        if ((number ?? (function.Kind == TotalKind.Sum ? default(ExactDecimal) : null)) is not { } found)
        {
            return "null"u8.ToArray();
        }

        // Many readers of JSON keep only 15 digits of a number.
        var text = found.ToString();
        return found.IsSafe ? Encoding.ASCII.GetBytes(text) : AnswerText.Quote(text);
    }

    private static string Fault(TotalFunction function, RowValue value)
    {
        var found =
            value.Kind == JsonTokenType.Number
                ? $"a number of more than {ExactDecimal.MostDigits} digits"
                : value.KindName;
        var needed = function.Kind == TotalKind.Sum ? "numbers" : "only numbers, or only dates";
        return $"{function.Label} needs {needed}, but a row holds {found} there.";
    }

    private void AddNumber(TotalKind kind, ExactDecimal found)
    {
        if (number is not { } present)
        {
            number = found;
            return;
        }

        number = kind switch
        {
            TotalKind.Min => found.CompareTo(present) < 0 ? found : present,
            TotalKind.Max => found.CompareTo(present) > 0 ? found : present,
            _ => present + found,
        };
    }

    private void AddDay(TotalKind kind, DayOrTime found, string text)
    {
        var order = day is { } present ? found.Order.CompareTo(present.Order) : 0;
        if (day is null || (kind == TotalKind.Min ? order < 0 : order > 0))
        {
            day = found;
            dayText = text;
        }
    }
}
