using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Generator.Comparison;

/// <summary>Compares the members that answers have by default. The schema does not show them.</summary>
internal static class BriefComparer
{
    public static void Compare(ChangeList changes)
    {
        var (before, after) = (changes.From.Brief, changes.To.Brief);
        var (gone, added) = (before.Except(after).ToList(), after.Except(before).ToList());
        if (gone.Count + added.Count > 0)
        {
            changes.Add(
                // Fewer members than before may be too few for a caller that names none.
                after.Count > 0
                && (gone.Count > 0 || before.Count == 0)
                    ? ChangeClass.Risky
                    : ChangeClass.Additive,
                CallerImpact.Compatible,
                ChangeKind.BriefChanged,
                Sentence(before, after, gone, added),
                List(before),
                List(after)
            );
        }
    }

    private static string Sentence(
        IReadOnlyList<string> before,
        IReadOnlyList<string> after,
        List<string> gone,
        List<string> added
    )
    {
        if (after.Count == 0)
        {
            return "Answers have all members now, also without 'fields'.";
        }

        if (before.Count == 0)
        {
            return $"Without 'fields', answers have only {string.Join(", ", after)} now.";
        }

        return "Without 'fields', answers "
            + string.Join(" and ", new[] { Part("lose", gone), Part("gain", added) }.OfType<string>())
            + ".";
    }

    private static string? Part(string verb, List<string> paths) =>
        paths.Count == 0 ? null : $"{verb} {string.Join(", ", paths)}";

    private static JsonArray? List(IReadOnlyList<string> paths) =>
        paths.Count == 0 ? null : new([.. paths.Select(path => (JsonNode)path)]);
}
