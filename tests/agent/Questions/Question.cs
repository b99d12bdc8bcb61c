using NeonPanel.Mcp.Agent.Checks;
using NeonPanel.Mcp.Ledger;

namespace NeonPanel.Mcp.Agent.Questions;

/// <summary>A question that a person asks, and what makes an answer right.</summary>
/// <param name="Number">Its number, which stays.</param>
/// <param name="Text">What the person says.</param>
/// <param name="Form">How the answer ends, so that a program can judge it.</param>
/// <param name="Profile">The profile of the address under <c>/mcp</c> that suffices.</param>
/// <param name="Tries">What the question tries, in a few words.</param>
/// <param name="FewestCalls">Calls of the best path known.</param>
/// <param name="Truth">Computes the right answer from the journal, without the figures of the sandbox.</param>
internal sealed record Question(
    int Number,
    string Text,
    string Form,
    string Profile,
    string Tries,
    int FewestCalls,
    Func<Journal, IReadOnlyList<Check>> Truth
)
{
    /// <summary>Gets what is in the books before the question is asked.</summary>
    public Func<Journal, Journal> Prepare { get; init; } = journal => journal;

    /// <summary>Gets what the right answer changes.</summary>
    public Func<Journal, DifferenceCheck> Difference { get; init; } = _ => DifferenceCheck.None;

    /// <summary>Gets tools without which the question has no answer but an honest no.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>Gets what is right where these tools are missing.</summary>
    public IReadOnlyList<Check> WithoutTools { get; init; } = [new HonestNoCheck()];

    /// <summary>Gets whether the right answer writes.</summary>
    public bool IsWrite { get; init; }

    /// <summary>Gets whether there is no answer, or something that leads astray.</summary>
    public bool IsTrap { get; init; }

    /// <summary>The account that asks: each question, profile and run has books of its own.</summary>
    public string Subject(string run) => $"agent-{Number}-{run}";

    /// <summary>The prompt: the day, the question, the form of the answer.</summary>
    public string Prompt(DateOnly today) => $"Today is {Amounts.Text(today)}.\n\n{Text}\n\n{Form}";

    /// <summary>All checks. None of them looks at how an agent came to its answer.</summary>
    public IReadOnlyList<Check> Checks(Journal before) => [.. Truth(before), Difference(before)];

    /// <summary>The kinds of the checks, for tables.</summary>
    public string Kinds(Journal before) => string.Join(", ", Checks(before).Select(check => check.Kind).Distinct());

    /// <summary>Judges an attempt: the first fault, or right. Where tools are missing, an honest no is right
    /// too.</summary>
    public Verdict Judge(Attempt attempt)
    {
        var verdict = Judge(Checks(attempt.Before), attempt);
        return verdict.IsRight || Needs.All(attempt.Has)
            ? verdict
            : Judge([.. WithoutTools, DifferenceCheck.None], attempt);
    }

    /// <summary>Whether an attempt left the books as a right answer does.</summary>
    public bool IsRightInBooks(Attempt attempt) =>
        Difference(attempt.Before).Judge(attempt).IsRight
        || (!Needs.All(attempt.Has) && DifferenceCheck.None.Judge(attempt).IsRight);

    /// <summary>Judges an attempt by checks that were made before.</summary>
    public static Verdict Judge(IReadOnlyList<Check> checks, Attempt attempt) =>
        checks.Select(check => check.Judge(attempt)).FirstOrDefault(verdict => !verdict.IsRight);
}
