using NeonPanel.Mcp.Agent.Checks;
using NeonPanel.Mcp.Sandbox;

namespace NeonPanel.Mcp.Agent.Skills;

/// <summary>Tests of the scripts: each follows its text, and fails if the text names another tool or
/// argument.</summary>
internal static class SkillTests
{
    public static async Task<IEnumerable<CheckCase>> RunAsync(SandboxHost sandbox)
    {
        var cases = new List<CheckCase>();
        foreach (var name in SkillScripts.All.Keys)
        {
            var skill = SkillText.Read(name);
            var last = skill.Calls[^1];
            foreach (
                var (change, text) in new[]
                {
                    ("another tool", Replace(skill.Text, last.Tool + "(", "listReports(")),
                    ("one argument less", Replace(skill.Text, $"({last.Arguments[0].Name}, ", "(")),
                    (
                        "one argument more",
                        Replace(skill.Text, $"({last.Arguments[0].Name}, ", $"({last.Arguments[0].Name}, page, ")
                    ),
                }
            )
            {
                var fault = await SkillRun.FaultAsync(sandbox, new(name, text), skill.Profiles[0], change);
                cases.Add(
                    new(
                        $"skill {name} with {change}: {fault}",
                        text != skill.Text && fault?.Contains(" in its text", StringComparison.Ordinal) == true
                    )
                );
            }
        }

        return cases;
    }

    // In the last place, so that the script follows the text up to there.
    private static string Replace(string text, string from, string to)
    {
        var end = new[] { "\nTraps\n", "\nIf " }
            .Select(heading => text.IndexOf(heading, StringComparison.Ordinal))
            .Where(place => place > 0)
            .Min();
        var at = text[..end].LastIndexOf(from, StringComparison.Ordinal);
        return at < 0 ? text : string.Concat(text.AsSpan(0, at), to, text.AsSpan(at + from.Length));
    }
}
