using NeonPanel.Mcp.Agent.Questions;
using NeonPanel.Mcp.Ledger;
using NeonPanel.Mcp.Ledger.Generation;

namespace NeonPanel.Mcp.Agent.Checks;

/// <summary>Tests of the checks: of each question, right answers pass and wrong ones do not.</summary>
internal static class CheckTests
{
    /// <summary>Runs the tests.</summary>
    /// <returns>How many passed, and the names of those that did not.</returns>
    public static (int Passed, IReadOnlyList<string> Failed) Run()
    {
        var journal = JournalGenerator.Create(LedgerOptions.Default);
        var books = BookCases.All(journal).ToList();
        var cases = ReadingCases()
            .Concat(AllQuestions.All.SelectMany(question => CasesOf(question, journal)))
            .Concat(books)
            .Concat(CoverageCases(journal, books))
            .Concat(ToolCases(journal))
            .ToList();
        var failed = cases.Where(one => !one.IsAsExpected).Select(one => one.Name).ToList();
        return (cases.Count - failed.Count, failed);
    }

    private static IEnumerable<CheckCase> ReadingCases()
    {
        static CheckCase Same<T>(string name, IEnumerable<T> actual, params T[] expected) =>
            new($"{name}: {string.Join(' ', actual)}", actual.SequenceEqual(expected));
        yield return Same("thousands", Answers.Numbers("1,234,567.89 and 12"), 1234567.89m, 12m);
        yield return Same("signs", Answers.Numbers("-5 or −6.50"), -5m, -6.5m);
        yield return Same("numbers inside of names", Answers.Numbers("HP-LANT-01 on 2026-06-30: 7"), 7m);
        yield return Same("the last answer", [Answers.Final("Answer: 1\n\n**Answer:** 2")], "2");
        yield return Same("no mark", [Answers.Final(" twelve ")], "twelve");
        yield return Same("codes before signs", Answers.Currencies("$5.00 CAD"), "CAD");
        yield return Same("a sign alone", Answers.Currencies("£5"), "GBP");
        yield return new(
            "whole words",
            !Answers.Has("GBF-201870", "GBF-20187") && Answers.Has("(gbf-20187)", "GBF-20187")
        );
    }

    // A question that writes has right books and nearly right ones.
    private static IEnumerable<CheckCase> CoverageCases(Journal journal, IReadOnlyList<CheckCase> books) =>
        AllQuestions
            .All.Where(question => question.Difference(question.Prepare(journal)).Expected.Count > 0)
            .SelectMany(question =>
                new[] { true, false }.Select(isRight => new CheckCase(
                    $"{question.Number} has books that are {(isRight ? "right" : "nearly right")}",
                    books.Any(one => one.Book == (question.Number, isRight))
                ))
            );

    // Where the tools of an address do not suffice, an honest no is right, and a figure is not.
    private static IEnumerable<CheckCase> ToolCases(Journal journal)
    {
        foreach (var question in AllQuestions.All.Where(question => question.Needs.Count > 0))
        {
            var before = question.Prepare(journal);
            bool IsRight(string answer, params string[] tools) =>
                question.Judge(new(answer, before, before, 1) { Tools = tools.ToHashSet() }).IsRight;
            var isNoRight = IsRight("The tools cannot tell: which vendor?", "listCompanies");
            yield return new($"{question.Number} without {question.Needs[0]}, honest no", isNoRight);
            yield return new(
                $"{question.Number} without {question.Needs[0]}, invented",
                !IsRight("Answer: done, 12.00 USD", "listCompanies")
            );
            // A trap may have no answer at all.
            yield return new(
                $"{question.Number} with {question.Needs[0]}, no answer",
                question.IsTrap || !IsRight("The tools cannot tell.", [.. question.Needs])
            );
        }
    }

    // Wrong answers that no question may accept: its right answer with one change.
    private static IEnumerable<CheckCase> CasesOf(Question question, Journal journal)
    {
        var before = question.Prepare(journal);
        foreach (var check in question.Truth(before))
        {
            foreach (var (name, answer, isRight) in Answered(check))
            {
                var verdict = check.Judge(new(answer, before, before, 0));
                yield return new(
                    $"{question.Number} {check.Kind}, {name}: {verdict.Fault}",
                    verdict.IsRight == isRight
                );
            }
        }

        var paid = BookCases.MarkAllPaid(before);
        yield return new(
            $"{question.Number} with all bills marked as paid",
            !question.Difference(before).Judge(new("", before, paid, 0)).IsRight
        );
        var isUntouched = question.Difference(before).Judge(new("", before, before, 0)).IsRight;
        yield return new(
            $"{question.Number} with untouched books",
            isUntouched == (question.Difference(before).Expected.Count == 0)
        );
    }

    private static IEnumerable<(string Name, string Answer, bool IsRight)> Answered(Check check) =>
        check switch
        {
            FigureCheck figures => Answered(figures),
            SetCheck set => Answered(set),
            WordCheck words => Answered(words),
            EitherCheck either => Answered(either.First)
                .Append(("asked back", "Which lanterns, and of which company?", true))
                .Append(("asked back with a figure", "Answer: 12?", false)),
            NoAmountCheck => [("nothing", "That is unknown.", true), ("an amount", "About 1,200.00 USD.", false)],
            _ => [],
        };

    private static IEnumerable<(string Name, string Answer, bool IsRight)> Answered(FigureCheck check)
    {
        var lines = check.Figures.Select(figure => figure.Text).ToList();
        yield return ("right", "Here it is.\nAnswer:\n" + string.Join('\n', lines), true);
        yield return ("in one line", "Answer: " + string.Join("; ", lines.AsEnumerable().Reverse()), true);
        yield return ("a line too many", string.Join('\n', lines.Append("Another: 17")), false);
        for (var at = 0; at < lines.Count; at++)
        {
            var figure = check.Figures[at];
            var others = lines.Where((_, other) => other != at).ToList();
            yield return ($"without line {at}", string.Join('\n', others), figure.IsOptional);
            if (figure.Values.Count > 0)
            {
                var wrong = figure with { Values = [figure.Values[0] + 0.01m, .. figure.Values.Skip(1)] };
                yield return ($"a cent more in line {at}", string.Join('\n', others.Append(wrong.Text)), false);
            }

            if (figure.Currency is not null)
            {
                var wrong = figure with { Currency = "CHF" };
                yield return ($"francs in line {at}", string.Join('\n', others.Append(wrong.Text)), false);
            }
        }
    }

    private static IEnumerable<(string Name, string Answer, bool IsRight)> Answered(SetCheck check)
    {
        var expected = check.Expected.Order(StringComparer.Ordinal).ToList();
        yield return ("right", "Answer: " + string.Join(", ", expected), true);
        var wrong = check.Known.Except(check.Expected).Order(StringComparer.Ordinal).First();
        yield return ("one too many", string.Join(", ", expected.Append(wrong)), false);
        foreach (var left in expected)
        {
            yield return ($"without {left}", string.Join(", ", expected.Where(name => name != left)), false);
        }
    }

    private static IEnumerable<(string Name, string Answer, bool IsRight)> Answered(WordCheck check)
    {
        var words = check.Must.Select(word => word.Split('|')[0]).ToList();
        yield return ("right", string.Join(' ', words), true);
        foreach (var left in words)
        {
            yield return ($"without {left}", string.Join(' ', words.Where(word => word != left)), false);
        }

        foreach (var forbidden in check.MustNot)
        {
            yield return ($"with {forbidden}", string.Join(' ', words.Append(forbidden)), false);
        }
    }
}

/// <summary>A test and its outcome.</summary>
internal readonly record struct CheckCase(string Name, bool IsAsExpected)
{
    /// <summary>Gets the question whose books are judged, and whether they are right; <see langword="null"/> for
    /// another test.</summary>
    public (int Question, bool IsRight)? Book { get; init; }
}
