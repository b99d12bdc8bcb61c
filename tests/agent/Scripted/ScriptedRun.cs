using System.Globalization;
using NeonPanel.Mcp.Agent.Questions;
using NeonPanel.Mcp.Agent.Sessions;
using NeonPanel.Mcp.Agent.Skills;
using NeonPanel.Mcp.Sandbox;

namespace NeonPanel.Mcp.Agent.Scripted;

/// <summary>Runs the best known path of each question, and compares its cost with what was reviewed.</summary>
internal static class ScriptedRun
{
    public static async Task<int> RunAsync(Options options, TextWriter output)
    {
        var questions = AllQuestions.Choose(options.Text("questions"));
        var reviewed = Scores.Read();
        var scores = new Dictionary<int, Score>(reviewed);
        var faults = 0;
        await using var sandbox = await Ground.StartAsync();
        foreach (var question in questions)
        {
            var (score, fault) = await TryAsync(sandbox, question);
            if (score is not null)
            {
                fault ??= options.Has("update") ? null : Compare(question, reviewed, score);
                scores[question.Number] = score;
            }

            faults += fault is null ? 0 : 1;
            await output.WriteLineAsync(Line(question, score, fault));
        }

        var journal = sandbox.Workspaces.Generated;
        if (options.Has("update") && faults == 0)
        {
            Scores.Write(scores.Values);
            ScoreTable.Write(journal, scores);
        }
        else if (!ScoreTable.IsCurrent(journal, reviewed))
        {
            await output.WriteLineAsync("docs/agents.md has another table than scores.json: run scripted --update.");
            faults++;
        }

        var skills = options.Has("questions") ? (Passed: 0, Failed: 0) : await SkillRun.RunAsync(sandbox, output);
        await output.WriteLineAsync($"Passed: {Math.Max(0, questions.Count - faults) + skills.Passed}");
        faults += skills.Failed;
        await output.WriteLineAsync($"Failed: {faults}");
        return faults == 0 ? 0 : 1;
    }

    private static async Task<(Score? Score, string? Fault)> TryAsync(SandboxHost sandbox, Question question)
    {
        await using var tools = await Toolbox.OpenAsync(sandbox, question, question.Profile, "scripted");
        try
        {
            // The truth first: it cannot depend on what the script does.
            var checks = question.Checks(tools.Before);
            var answer = await Scripts.All[question.Number](new(tools));
            return (Score.Of(question, tools.Effort), Question.Judge(checks, tools.Attempt(answer)).Fault);
        }
        catch (Exception exception)
            when (exception is InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException
            )
        {
            // The script no longer fits what the tools answer.
            return (null, exception.Message);
        }
    }

    private static string? Compare(Question question, IReadOnlyDictionary<int, Score> reviewed, Score score)
    {
        if (!reviewed.TryGetValue(question.Number, out var known))
        {
            return "scores.json has no line for it: run scripted --update and review the change.";
        }

        return score.Calls < question.FewestCalls
            ? $"{score.Calls} calls suffice, but the question says {question.FewestCalls}."
            : known.Compare(score);
    }

    private static string Line(Question question, Score? score, string? fault)
    {
        var cost = score is null
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $" {score.Calls} calls, {score.Sent} tokens sent, {score.Received} received, {score.Rejected} rejected"
            );
        return $"{question.Number, 2} {(fault is null ? "right" : "WRONG")}{cost}{(fault is null ? "" : ": " + fault)}";
    }
}
