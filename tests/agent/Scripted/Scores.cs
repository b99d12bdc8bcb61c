using System.Text.Json;
using NeonPanel.Mcp.Agent.Questions;
using NeonPanel.Mcp.Agent.Sessions;

namespace NeonPanel.Mcp.Agent.Scripted;

/// <summary>The reviewed cost of the scripted path of a question.</summary>
/// <param name="Sent">Tokens of the calls.</param>
/// <param name="Received">Tokens of the results.</param>
/// <param name="Rejected">Calls that are rejected.</param>
internal sealed record Score(int Question, int Calls, int Sent, int Received, int Rejected)
{
    public static Score Of(Question question, Effort effort) =>
        new(question.Number, effort.Calls, effort.Sent, effort.Received, effort.Rejected);

    /// <summary>Why a run differs from what was reviewed; <see langword="null"/> if it does not.</summary>
    public string? Compare(Score now)
    {
        if (now.Calls > Calls || now.Rejected > Rejected)
        {
            return $"{now.Calls} calls, {now.Rejected} of them rejected; reviewed are {Calls} and {Rejected}";
        }

        if (IsFar(Sent, now.Sent) || IsFar(Received, now.Received))
        {
            return $"{now.Sent} tokens sent and {now.Received} received; reviewed are {Sent} and {Received}, and 1 % may differ";
        }

        return null;
    }

    private static bool IsFar(int reviewed, int now) => Math.Abs(now - reviewed) * 100 > reviewed;
}

/// <summary>The reviewed file, <c>tests/agent/scores.json</c>: one line a question.</summary>
internal static class Scores
{
    public static string File => Path.Combine(Ground.Repository, "tests", "agent", "scores.json");

    public static IReadOnlyDictionary<int, Score> Read() =>
        System.IO.File.Exists(File)
            ? JsonSerializer
                .Deserialize<List<Score>>(System.IO.File.ReadAllText(File), Json.Compact)!
                .ToDictionary(score => score.Question)
            : new Dictionary<int, Score>();

    public static void Write(IEnumerable<Score> scores) =>
        System.IO.File.WriteAllText(
            File,
            "[\n"
                + string.Join(
                    ",\n",
                    scores
                        .OrderBy(score => score.Question)
                        .Select(score => "  " + JsonSerializer.Serialize(score, Json.Compact))
                )
                + "\n]\n"
        );
}
