using System.Globalization;
using NeonPanel.Mcp.Server.Arguments;

namespace NeonPanel.Mcp.Server.Calls.Totals;

/// <summary>Reads the argument <c>total</c>. Each fault is one sentence; nothing is sent then.</summary>
internal sealed class TotalReader(RowMembers members, List<string> violations)
{
    public const string Argument = "total";

    private const string Example = "for example 'sum(amount), count by status top 10'";
    private const int LongestText = 500;
    private const int MaxFunctions = 10;
    private const int MaxBy = 2;

    /// <returns><see langword="null"/> if there is a fault.</returns>
    public TotalQuery? Read(string text)
    {
        var before = violations.Count;
        text = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (text.Length is 0 or > LongestText)
        {
            violations.Add(
                $"Argument '{Argument}' must hold functions in at most {LongestText} characters, {Example}."
            );
            return null;
        }

        var top = TakeTop(ref text);
        var by = TakeBy(ref text);
        var functions = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (functions.Length is 0 or > MaxFunctions)
        {
            violations.Add(
                $"Argument '{Argument}' must hold 1 to {MaxFunctions} of count, sum(x), min(x) and max(x), {Example}."
            );
            return null;
        }

        var read = functions.Select(Function).OfType<TotalFunction>().DistinctBy(function => function.Label).ToList();
        return violations.Count > before ? null : new(read, by, top);
    }

    private int? TakeTop(ref string text)
    {
        var at = text.LastIndexOf(" top ", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return null;
        }

        var written = text[(at + " top ".Length)..];
        text = text[..at];
        if (int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var top) && top > 0)
        {
            return top;
        }

        violations.Add(
            $"Argument '{Argument}' must end in 'top' and a whole number above 0, but has 'top {ArgumentPath.Shown(written)}'."
        );
        return null;
    }

    private List<RowMember> TakeBy(ref string text)
    {
        var at = text.IndexOf(" by ", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return [];
        }

        var names = text[(at + " by ".Length)..]
            .Replace(" and ", ",", StringComparison.OrdinalIgnoreCase)
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        text = text[..at];
        if (text.EndsWith(" group", StringComparison.OrdinalIgnoreCase))
        {
            text = text[..^" group".Length];
        }

        if (names.Length is 0 or > MaxBy)
        {
            violations.Add($"Argument '{Argument}' must name 1 or 2 members after 'by', but names {names.Length}.");
            return [];
        }

        return [.. names.Select(name => Scalar(name, "groups by")).OfType<RowMember>().Distinct()];
    }

    private TotalFunction? Function(string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        var name = (open < 0 ? text : text[..open]).Trim().ToLowerInvariant();
        var inner = open >= 0 && text[^1] == ')' ? text[(open + 1)..^1].Trim() : null;
        if (name == "count" && (open < 0 || inner is "" or "*"))
        {
            return new(TotalKind.Count, null);
        }

        TotalKind? kind = name switch
        {
            "sum" => TotalKind.Sum,
            "min" => TotalKind.Min,
            "max" => TotalKind.Max,
            _ => null,
        };
        if (kind is null || string.IsNullOrEmpty(inner))
        {
            violations.Add(Misread(text, name));
            return null;
        }

        if (Scalar(inner, name == "sum" ? "adds" : "compares") is not { } member)
        {
            return null;
        }

        if (kind == TotalKind.Sum && member.IsNoNumber)
        {
            violations.Add(
                $"Argument '{Argument}' adds '{member.Name}', which holds text. 'sum' needs numbers; 'count' counts rows."
            );
            return null;
        }

        return new(kind.Value, member);
    }

    private static string Misread(string text, string name)
    {
        var shown = ArgumentPath.Shown(text);
        return name switch
        {
            "avg" or "average" or "mean" =>
                $"Argument '{Argument}' has no average: ask for sum(x) and count, and divide.",
            "count" => $"Argument '{Argument}' counts rows: write 'count', not '{shown}'.",
            _ => $"Argument '{Argument}' must hold count, sum(x), min(x) or max(x), but has '{shown}'; {Example}.",
        };
    }

    private RowMember? Scalar(string name, string verb)
    {
        if (members.Find(name) is not { } member)
        {
            violations.Add(members.Unknown(Argument, name));
            return null;
        }

        if (member.IsInList)
        {
            violations.Add(
                $"Argument '{Argument}' {verb} '{member.Name}', which is inside a list of each row. Only members of the row itself can be used."
            );
            return null;
        }

        if (member.IsNoScalar)
        {
            violations.Add(
                $"Argument '{Argument}' {verb} '{member.Name}', which is {member.Kind}. Name a member with one value, such as a text or a number."
            );
            return null;
        }

        return member;
    }
}
