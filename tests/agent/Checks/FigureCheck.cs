using NeonPanel.Mcp.Agent.Questions;

namespace NeonPanel.Mcp.Agent.Checks;

/// <summary>One line of a right answer: names, figures to the cent, and a currency.</summary>
/// <param name="Names">What the line must name. Several spellings of a name are separated by <c>|</c>.</param>
/// <param name="Values">The figures, and no others.</param>
/// <param name="Currency">Its code; <see langword="null"/> for figures that are no money.</param>
/// <param name="IsOptional">Whether an answer without the line is right as well.</param>
internal sealed record Figure(
    IReadOnlyList<string> Names,
    IReadOnlyList<decimal> Values,
    string? Currency = null,
    bool IsOptional = false
)
{
    /// <summary>Gets the line as a right answer has it.</summary>
    public string Text =>
        string.Join(", ", Names.Select(name => name.Split('|')[0]))
        + (Values.Count > 0 ? ": " : "")
        + string.Join(", ", Values.Select(Amounts.Text))
        + (Currency is null ? "" : " " + Currency);
}

/// <summary>Demands lines with figures. Each line of the answer must be one of them, and all must be there.</summary>
internal sealed record FigureCheck(IReadOnlyList<Figure> Figures) : Check
{
    public override string Kind => Figures.Any(figure => figure.Currency is not null) ? "amounts" : "figures";

    /// <summary>Accepts one more line with the sums of all others.</summary>
    public FigureCheck WithTotal()
    {
        if (Figures.Count < 2)
        {
            return this;
        }

        var sums = Enumerable
            .Range(0, Figures[0].Values.Count)
            .Select(column => Figures.Sum(figure => figure.Values[column]));
        return new([
            .. Figures,
            new(["Total|Sum|Together|Altogether|In all|All"], [.. sums], Figures[0].Currency, IsOptional: true),
        ]);
    }

    public override Verdict Judge(Attempt attempt)
    {
        var missing = Figures.ToList();
        foreach (var line in Answers.Lines(attempt.Final))
        {
            var figure = missing.Find(candidate => Fits(candidate, line));
            if (figure is not null)
            {
                missing.Remove(figure);
            }
            else if (Answers.Numbers(line).Count > 0)
            {
                return Verdict.Wrong($"This line is not right, or there twice: '{line}'.");
            }
        }

        return missing.Find(figure => !figure.IsOptional) is { } first
            ? Verdict.Wrong(
                $"{missing.Count(figure => !figure.IsOptional)} of {Figures.Count} lines are missing, the first is '{first.Text}'."
            )
            : Verdict.Right;
    }

    private static bool Fits(Figure figure, string line)
    {
        var rest = line;
        foreach (var name in figure.Names)
        {
            // The longest spelling first, so that none leaves a part of another behind.
            var spelling = name.Split('|')
                .OrderByDescending(text => text.Length)
                .FirstOrDefault(text => Answers.Has(rest, text));
            if (spelling is null)
            {
                return false;
            }

            rest = Answers.Without(rest, spelling);
        }

        var values = Answers.Numbers(rest);
        if (!values.Order().SequenceEqual(figure.Values.Order()))
        {
            return false;
        }

        var currencies = Answers.Currencies(line);
        return figure.Currency is null || (currencies.Count == 1 && currencies.Contains(figure.Currency));
    }
}
