using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Skills;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Comparison;

/// <summary>The skills that a change concerns, because they name a changed tool. A person reads them again.</summary>
internal sealed class SkillTouches
{
    private readonly IReadOnlyList<SkillModel> skills;
    private readonly Dictionary<string, HashSet<string>> parts = new(StringComparer.Ordinal);

    public SkillTouches(IEnumerable<InputFile> files) =>
        // Faults in the files are those of the build.
        skills = [.. files.Select(file => SkillReader.Read(file, [])).OfType<SkillModel>()];

    public static SkillTouches None { get; } = new([]);

    /// <summary>Adds the tools that the composed tools of a catalogue call. A skill that names a composed tool is
    /// concerned by them, too.</summary>
    public void Know(CatalogModel catalog)
    {
        foreach (var tool in catalog.Tools)
        {
            Know(tool.ToolName, tool.Composition?.Tools ?? []);
        }
    }

    /// <summary>Does the same with a lock or catalogue.</summary>
    public void Know(JsonObject published)
    {
        foreach (var tool in published.Items("tools"))
        {
            Know(tool.Text("name") ?? "", tool.Items("composedOf").Select(name => name!.ToString()));
        }
    }

    /// <summary>Returns the skills in the order of their names, each with the changed tools that it names.</summary>
    public IReadOnlyList<SkillTouch> Of(IReadOnlyList<Change> changes)
    {
        var changed = changes.Select(change => change.Tool).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return
        [
            .. skills
                .Select(skill => new SkillTouch(
                    skill.Name,
                    skill.File,
                    [
                        .. skill
                            .PossibleTools.SelectMany(name => parts.GetValueOrDefault(name, []).Append(name))
                            .Where(changed.Contains)
                            .Distinct(StringComparer.Ordinal)
                            .Order(StringComparer.Ordinal),
                    ]
                ))
                .Where(touch => touch.Tools.Count > 0)
                .OrderBy(touch => touch.Skill, StringComparer.Ordinal),
        ];
    }

    /// <summary>Returns the lines below a report of changes; empty if no skill is concerned.</summary>
    public static string Text(IReadOnlyList<SkillTouch> touches) =>
        touches.Count == 0
            ? ""
            : "\nSkills to read again\n"
                + string.Concat(
                    touches.Select(touch =>
                        $"  {PlainText.Line(touch.Skill)}: {PlainText.Line(string.Join(", ", touch.Tools))} ({PlainText.Line(touch.File)})\n"
                    )
                );

    /// <summary>Returns the same as Markdown.</summary>
    public static string Markdown(IReadOnlyList<SkillTouch> touches) =>
        touches.Count == 0
            ? ""
            : "## Skills to read again\n\n"
                + MarkdownText.Table(
                    ["Skill", "Changed tools that it names", "File"],
                    touches.Select(touch => new[] { touch.Skill, string.Join(", ", touch.Tools), touch.File })
                );

    private void Know(string tool, IEnumerable<string> called)
    {
        if (!parts.TryGetValue(tool, out var known))
        {
            parts[tool] = known = new(StringComparer.Ordinal);
        }

        known.UnionWith(called);
    }
}

/// <summary>A skill, and the changed tools that it names.</summary>
internal sealed record SkillTouch(string Skill, string File, IReadOnlyList<string> Tools);
