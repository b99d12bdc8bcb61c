namespace NeonPanel.Mcp.Agent.Checks;

/// <summary>Demands a set of names, such as numbers of documents: all of them, and no other of their kind.</summary>
/// <param name="Expected">The right set.</param>
/// <param name="Known">All names of the kind, the right ones among them.</param>
internal sealed record SetCheck(IReadOnlySet<string> Expected, IReadOnlySet<string> Known) : Check
{
    public override string Kind => "set";

    public override Verdict Judge(Attempt attempt)
    {
        var rest = attempt.Final;
        var found = new HashSet<string>();
        // Longer names first: one may begin with another.
        foreach (var name in Known.OrderByDescending(name => name.Length).ThenBy(name => name, StringComparer.Ordinal))
        {
            if (rest.Contains(name, StringComparison.OrdinalIgnoreCase) && Answers.Has(rest, name))
            {
                found.Add(name);
                rest = Answers.Without(rest, name);
            }
        }

        var missing = Expected.Except(found).Order(StringComparer.Ordinal).ToList();
        var wrong = found.Except(Expected).Order(StringComparer.Ordinal).ToList();
        return missing.Count + wrong.Count == 0
            ? Verdict.Right
            : Verdict.Wrong($"Missing: {List(missing)}; wrong: {List(wrong)}; right would be {Expected.Count}.");
    }

    private static string List(List<string> names) => names.Count == 0 ? "none" : string.Join(", ", names.Take(5));
}

/// <summary>Demands words, or forbids them.</summary>
/// <param name="Must">Each must occur. Several that would do are separated by <c>|</c>.</param>
/// <param name="MustNot">None may occur.</param>
internal sealed record WordCheck(IReadOnlyList<string> Must, IReadOnlyList<string> MustNot) : Check
{
    public override string Kind => "words";

    public override Verdict Judge(Attempt attempt)
    {
        foreach (var words in Must)
        {
            if (!words.Split('|').Any(word => attempt.Answer.Contains(word, StringComparison.OrdinalIgnoreCase)))
            {
                return Verdict.Wrong($"The answer lacks '{words.Replace("|", "' or '", StringComparison.Ordinal)}'.");
            }
        }

        return
            MustNot.FirstOrDefault(word => attempt.Answer.Contains(word, StringComparison.OrdinalIgnoreCase))
                is { } found
            ? Verdict.Wrong($"The answer must not say '{found}'.")
            : Verdict.Right;
    }
}

/// <summary>Demands that an answer says what the tools of the address cannot do, and names no amount.</summary>
internal sealed record HonestNoCheck : Check
{
    public const string Cannot =
        "cannot|can't|could not|not possible|no tool|unable|not available|no way|not offered|none of the tools";

    public override string Kind => "honest no";

    public override Verdict Judge(Attempt attempt)
    {
        var verdict = new WordCheck([Cannot], []).Judge(attempt);
        return verdict.IsRight ? new NoAmountCheck().Judge(attempt) : verdict;
    }
}

/// <summary>Forbids amounts of money, where none can be known.</summary>
internal sealed record NoAmountCheck : Check
{
    public override string Kind => "no amount";

    public override Verdict Judge(Attempt attempt) =>
        Answers
            .Lines(attempt.Answer)
            .FirstOrDefault(line => Answers.Currencies(line).Count > 0 && Answers.Numbers(line).Count > 0)
            is { } line
            ? Verdict.Wrong($"No amount can be known, but the answer says '{line}'.")
            : Verdict.Right;
}

/// <summary>Passes if one of some checks does.</summary>
internal sealed record EitherCheck(Check First, Check Second) : Check
{
    public override string Kind => First.Kind;

    public override Verdict Judge(Attempt attempt) =>
        Second.Judge(attempt).IsRight ? Verdict.Right : First.Judge(attempt);
}

/// <summary>Demands a question back, and no figure.</summary>
internal sealed record AskBackCheck : Check
{
    public override string Kind => "asks back";

    public override Verdict Judge(Attempt attempt) =>
        attempt.Answer.Contains('?', StringComparison.Ordinal) && Answers.Numbers(attempt.Final).Count == 0
            ? Verdict.Right
            : Verdict.Wrong("The answer neither asks back nor gives all figures.");
}

/// <summary>Allows so many calls.</summary>
internal sealed record CallCheck(int Most) : Check
{
    /// <summary>For questions where a look or two more is no fault, but a search without end is.</summary>
    public static readonly CallCheck Generous = new(8);

    public override string Kind => $"at most {Most} calls";

    public override Verdict Judge(Attempt attempt) =>
        attempt.Calls <= Most
            ? Verdict.Right
            : Verdict.Wrong($"{attempt.Calls} calls were made; {Most} are more than enough.");
}
