using System.Text.RegularExpressions;
using NeonPanel.Mcp.Agent.Sessions;

namespace NeonPanel.Mcp.Agent.Skills;

/// <summary>The calls that the numbered steps of a skill name, in the order of the text.</summary>
internal sealed partial class SkillText
{
    /// <summary>Reads the text of a skill.</summary>
    /// <exception cref="FormatException">The text has no numbered steps with calls, or names no profile.</exception>
    public SkillText(string name, string text)
    {
        Name = name;
        Text = text;
        Profiles = [.. Profile().Matches(text).Select(match => match.Groups[1].Value).Distinct()];
        var steps = Steps().Match(text).Value;
        var matches = Call().Matches(steps).ToList();
        Calls =
        [
            .. matches.Select(
                (match, at) =>
                    new SkillCall(
                        match.Groups["tool"].Value,
                        Arguments(match),
                        Given(steps[match.Index..(at + 1 < matches.Count ? matches[at + 1].Index : steps.Length)])
                    )
            ),
        ];
        if (Calls.Count == 0 || Profiles.Count == 0)
        {
            throw new FormatException(
                $"The skill '{name}' has {Calls.Count} calls in its steps and {Profiles.Count} profiles."
            );
        }
    }

    public string Name { get; }

    public string Text { get; }

    /// <summary>Gets the profiles at which the text says that it can be followed.</summary>
    public IReadOnlyList<string> Profiles { get; }

    public IReadOnlyList<SkillCall> Calls { get; }

    public static SkillText Read(string name) =>
        new(name, File.ReadAllText(Path.Combine(Ground.Repository, "spec", "skills", name, "SKILL.md")));

    private static (string Name, string? Value)[] Arguments(Match call) =>
        [
            .. call.Groups["name"]
                .Captures.Zip(call.Groups["value"].Captures)
                .Select(pair => (pair.First.Value, pair.Second.Length == 0 ? null : pair.Second.Value)),
        ];

    // Values that the text gives behind a call: "Send 60 as `per_page`", "and `data.id` as `fields`".
    private static Dictionary<string, string> Given(string text) =>
        Value()
            .Matches(text)
            .GroupBy(match => match.Groups["name"].Value)
            .ToDictionary(group => group.Key, group => group.Last().Groups["value"].Value);

    // The lines between the first step and the first heading that follows.
    [GeneratedRegex(@"(?<=\n)1\. .*?(?=\n\n[A-Z]|\z)", RegexOptions.Singleline)]
    private static partial Regex Steps();

    [GeneratedRegex(
        """`(?<tool>[A-Za-z][A-Za-z0-9_]*)\((?:(?<name>[A-Za-z_]+)(?:=(?<value>"[^"]*"|[A-Za-z0-9.-]+)|(?<value>))(?:,\s*)?)+\)`"""
    )]
    private static partial Regex Call();

    [GeneratedRegex(@"(?:`(?<value>[^`(]+)`|\b(?<value>\d[\d-]*))\s+as\s+`(?<name>\w+)`")]
    private static partial Regex Value();

    [GeneratedRegex("`/mcp/([a-z]+)`")]
    private static partial Regex Profile();
}

/// <summary>A call in a step.</summary>
/// <param name="Arguments">The arguments, each with its value as written, or <see langword="null"/> if the reader has
/// to fill it.</param>
/// <param name="Given">Values that the text gives behind the call, by argument.</param>
internal sealed record SkillCall(
    string Tool,
    IReadOnlyList<(string Name, string? Value)> Arguments,
    IReadOnlyDictionary<string, string> Given
);
