using NeonPanel.Mcp.Server.Arguments;

namespace NeonPanel.Mcp.Server.Calls.Totals;

/// <summary>Reads the argument <c>where</c>: <c>amount > 100 and due_date &lt;= 2026-11-30 and paid_amount is
/// empty</c>. <c>or</c> begins an alternative, so <c>and</c> binds tighter. A value may be another member:
/// <c>paid_amount &lt; amount_due</c>. A value that has the words <c>and</c> or <c>or</c> in it, or is the name of a
/// member, stands in quotation marks.</summary>
internal sealed class ConditionReader(RowMembers members, List<string> violations)
{
    public const string Argument = "where";

    private const string Example = "for example 'amount > 100 and due_date <= 2026-11-30 and paid_amount is empty'";
    private const int LongestText = 1000;
    private const int MaxConditions = 10;

    private static readonly (string Sign, ConditionOperator Operator)[] Signs =
    [
        ("!=", ConditionOperator.NotEqual),
        ("<>", ConditionOperator.NotEqual),
        ("<=", ConditionOperator.LessOrEqual),
        (">=", ConditionOperator.GreaterOrEqual),
        ("==", ConditionOperator.Equal),
        ("=", ConditionOperator.Equal),
        ("<", ConditionOperator.Less),
        (">", ConditionOperator.Greater),
    ];

    private static readonly (string Words, ConditionOperator Operator)[] Tests =
    [
        ("is not empty", ConditionOperator.NotEmpty),
        ("is not null", ConditionOperator.NotEmpty),
        ("is empty", ConditionOperator.Empty),
        ("is null", ConditionOperator.Empty),
    ];

    // As texts, they would silently match no row.
    private static readonly string[] RelativeDays = ["today", "yesterday", "tomorrow", "now"];

    private string rest = "";

    /// <returns>The conditions; an empty list if there is a fault.</returns>
    public IReadOnlyList<Condition> Read(string text)
    {
        var before = violations.Count;
        var read = new List<Condition>();
        var alternative = 0;
        rest = text.Trim();
        if (rest.Length is 0 or > LongestText)
        {
            violations.Add(
                $"Argument '{Argument}' must hold conditions in at most {LongestText} characters, {Example}."
            );
            return [];
        }

        do
        {
            if (read.Count == MaxConditions)
            {
                violations.Add($"Argument '{Argument}' must hold at most {MaxConditions} conditions.");
                return [];
            }

            if (Next() is not { } condition)
            {
                return [];
            }

            read.Add(condition with { Alternative = alternative });
        } while (TakeWord("and") || TakeOr(ref alternative));
        if (rest.Length > 0)
        {
            violations.Add(
                $"Argument '{Argument}' must join conditions by 'and' or 'or', but has '{ArgumentPath.Shown(rest)}' after '{ArgumentPath.Shown(text[..^rest.Length].Trim())}'. Put a value of several words into quotation marks."
            );
        }

        CheckRanges(read);
        return violations.Count > before ? [] : read;
    }

    private Condition? Next()
    {
        var end = rest.IndexOfAny([' ', '\t', '\n', '\r', '=', '!', '<', '>']);
        var name = end < 0 ? rest : rest[..end];
        var tail = end < 0 ? "" : rest[end..].TrimStart();
        if (name.Length == 0 || tail.Length == 0)
        {
            violations.Add(
                $"Argument '{Argument}' must hold a member, an operator and a value, but has '{ArgumentPath.Shown(rest)}'; {Example}."
            );
            return null;
        }

        if (members.Find(name) is not { } member)
        {
            violations.Add(members.Unknown(Argument, name));
            return null;
        }

        if (member.IsInList)
        {
            violations.Add(
                $"Argument '{Argument}' tests '{member.Name}', which is inside a list of each row. Only members of the row itself can be tested."
            );
            return null;
        }

        rest = tail;
        foreach (var (words, test) in Tests)
        {
            if (TakeWord(words))
            {
                return new(member, test, "");
            }
        }

        return Operator() is { } sign ? WithValue(member, sign) : NoOperator(name);
    }

    private Condition? NoOperator(string name)
    {
        var word = rest.Split(' ', 2)[0];
        violations.Add(
            $"Argument '{Argument}' must have one of = != < <= > >= contains, 'is empty' and 'is not empty' after '{ArgumentPath.Shown(name)}', but has '{ArgumentPath.Shown(word)}'."
        );
        return null;
    }

    private ConditionOperator? Operator()
    {
        foreach (var (sign, found) in Signs)
        {
            if (rest.StartsWith(sign, StringComparison.Ordinal))
            {
                rest = rest[sign.Length..].TrimStart();
                return found;
            }
        }

        return TakeWord("contains") ? ConditionOperator.Contains : null;
    }

    private Condition? WithValue(RowMember member, ConditionOperator found)
    {
        if (member.IsNoScalar)
        {
            violations.Add(
                $"Argument '{Argument}' tests '{member.Name}', which is {member.Kind}. Only 'is empty' and 'is not empty' fit it."
            );
            return null;
        }

        if (Value() is not { } value)
        {
            return null;
        }

        var (text, isQuoted) = value;
        if (!isQuoted && text.Equals("null", StringComparison.OrdinalIgnoreCase))
        {
            return found switch
            {
                ConditionOperator.Equal => new(member, ConditionOperator.Empty, ""),
                ConditionOperator.NotEqual => new(member, ConditionOperator.NotEmpty, ""),
                _ => Fault($"Argument '{Argument}' compares '{member.Name}' with null. Write 'is empty'."),
            };
        }

        if (!isQuoted && RelativeDays.Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            return Fault(
                $"Argument '{Argument}' compares '{member.Name}' with '{text}'. Write dates like 2026-11-30, and words in quotation marks."
            );
        }

        if (!isQuoted && found != ConditionOperator.Contains && members.FindExact(text) is { } other)
        {
            return WithMember(new(member, found, text) { Other = other });
        }

        var condition = new Condition(member, found, text).WithText(text);
        return FaultOf(condition) is { } fault ? Fault(fault) : condition;
    }

    private Condition? WithMember(Condition condition)
    {
        var (name, other) = (condition.Member.Name, condition.Other!);
        if (other.IsInList || other.IsNoScalar)
        {
            return Fault(
                $"Argument '{Argument}' compares '{name}' with '{other.Name}', which is {(other.IsInList ? "inside a list of each row" : other.Kind)}. Put a word into quotation marks."
            );
        }

        return (condition.Member.IsNumber && other.IsNoNumber) || (condition.Member.IsNoNumber && other.IsNumber)
            ? Fault(
                $"Argument '{Argument}' compares '{name}', which is {condition.Member.Kind}, with '{other.Name}', which is {other.Kind}. Put a word into quotation marks."
            )
            : condition;
    }

    private static string? FaultOf(Condition condition)
    {
        var (name, text) = (condition.Member.Name, ArgumentPath.Shown(condition.Text));
        if (DayOrTime.HasFormOfDay(condition.Text) && condition.Day is null && condition.Number is null)
        {
            return $"Argument '{Argument}' has '{text}', which is no date. Write dates like 2026-11-30.";
        }

        if (condition.IsRange && condition.Number is null && condition.Day is null)
        {
            return $"Argument '{Argument}' compares '{name}' with '{text}', which is neither a number nor a date like 2026-11-30.";
        }

        if (condition.Operator != ConditionOperator.Contains && condition.Member.IsNumber && condition.Number is null)
        {
            return $"Argument '{Argument}' compares '{name}', which holds numbers, with '{text}'.";
        }

        return condition.IsRange && condition.Member.Shape.IsText && condition.Day is null
            ? $"Argument '{Argument}' compares '{name}', which holds dates or words, with the number {text}."
            : null;
    }

    private Condition? Fault(string sentence)
    {
        violations.Add(sentence);
        return null;
    }

    private (string Text, bool IsQuoted)? Value()
    {
        if (rest is [('"' or '\'') and var mark, ..])
        {
            var close = rest.IndexOf(mark, 1);
            if (close < 0)
            {
                violations.Add($"Argument '{Argument}' has a value without a closing quotation mark.");
                return null;
            }

            var quoted = rest[1..close];
            rest = rest[(close + 1)..].TrimStart();
            return (quoted, true);
        }

        var end = EndOfValue();
        var value = (end < 0 ? rest : rest[..end]).Trim();
        if (value.Length == 0 || value.IndexOfAny(['<', '>', '=']) >= 0)
        {
            violations.Add(
                value.Length == 0
                    ? $"Argument '{Argument}' has an operator without a value; {Example}."
                    : $"Argument '{Argument}' must join conditions by 'and' or 'or', but has '{ArgumentPath.Shown(value)}'. Put a value with < > or = into quotation marks."
            );
            return null;
        }

        rest = end < 0 ? "" : rest[(end + 1)..];
        return (value, false);
    }

    private int EndOfValue()
    {
        var and = rest.IndexOf(" and ", StringComparison.OrdinalIgnoreCase);
        var or = rest.IndexOf(" or ", StringComparison.OrdinalIgnoreCase);
        return and < 0 || or < 0 ? Math.Max(and, or) : Math.Min(and, or);
    }

    private bool TakeOr(ref int alternative)
    {
        var isTaken = TakeWord("or");
        alternative += isTaken ? 1 : 0;
        return isTaken;
    }

    private bool TakeWord(string word)
    {
        if (
            !rest.StartsWith(word, StringComparison.OrdinalIgnoreCase)
            || (rest.Length > word.Length && !char.IsWhiteSpace(rest[word.Length]))
        )
        {
            return false;
        }

        rest = rest[word.Length..].TrimStart();
        return true;
    }

    // A range that ends before it begins holds no row.
    private void CheckRanges(List<Condition> read)
    {
        foreach (var low in read.Where(condition => condition.IsRange && IsLow(condition)))
        {
            foreach (var high in read.Where(condition => condition.IsRange && !IsLow(condition)))
            {
                if (low.Alternative == high.Alternative && low.Member.Name == high.Member.Name && IsAfter(low, high))
                {
                    violations.Add(
                        $"Argument '{Argument}' has a range of '{low.Member.Name}' that ends ({ArgumentPath.Shown(high.Text)}) before it begins ({ArgumentPath.Shown(low.Text)})."
                    );
                    return;
                }
            }
        }
    }

    private static bool IsLow(Condition condition) =>
        condition.Operator is ConditionOperator.Greater or ConditionOperator.GreaterOrEqual;

    private static bool IsAfter(Condition low, Condition high) =>
        (low.Number is { } first && high.Number is { } last && first.CompareTo(last) > 0)
        || (low.Day is { } from && high.Day is { } to && from.CompareTo(to) > 0);
}
