using NeonPanel.Mcp.Agent.Questions;
using NeonPanel.Mcp.Agent.Sessions;
using NeonPanel.Mcp.Ledger;

namespace NeonPanel.Mcp.Agent.Scripted;

/// <summary>The table of <c>docs/agents.md</c>, between two marks.</summary>
internal static class ScoreTable
{
    private const string Begin = "<!-- scores: written by scripted --update -->";
    private const string End = "<!-- /scores -->";

    private static string File => Path.Combine(Ground.Repository, "docs", "agents.md");

    /// <summary>Whether the page has the table of these scores.</summary>
    public static bool IsCurrent(Journal journal, IReadOnlyDictionary<int, Score> scores) =>
        System.IO.File.ReadAllText(File).Contains(Between(journal, scores), StringComparison.Ordinal);

    public static void Write(Journal journal, IReadOnlyDictionary<int, Score> scores)
    {
        var page = System.IO.File.ReadAllText(File);
        var from = page.IndexOf(Begin, StringComparison.Ordinal);
        var to = page.IndexOf(End, StringComparison.Ordinal) + End.Length;
        System.IO.File.WriteAllText(File, page[..from] + Between(journal, scores) + page[to..]);
    }

    private static string Between(Journal journal, IReadOnlyDictionary<int, Score> scores) =>
        string.Join('\n', [Begin, "", .. Rows(journal, scores), "", End]);

    private static IEnumerable<string> Rows(Journal journal, IReadOnlyDictionary<int, Score> scores)
    {
        yield return "| # | The person says | Profile | Judged by | Calls | Tokens sent | Tokens received | Rejected |";
        yield return "| --- | --- | --- | --- | --- | --- | --- | --- |";
        foreach (var question in AllQuestions.All)
        {
            if (scores.TryGetValue(question.Number, out var score))
            {
                yield return $"| {question.Number} | {question.Text} | {question.Profile} "
                    + $"| {question.Kinds(question.Prepare(journal))} | {score.Calls} | {score.Sent:N0} | {score.Received:N0} | {score.Rejected} |";
            }
        }

        yield return $"| | all {scores.Count} | | | {scores.Values.Sum(score => score.Calls):N0} | {scores.Values.Sum(score => score.Sent):N0} "
            + $"| {scores.Values.Sum(score => score.Received):N0} | {scores.Values.Sum(score => score.Rejected)} |";
    }
}
