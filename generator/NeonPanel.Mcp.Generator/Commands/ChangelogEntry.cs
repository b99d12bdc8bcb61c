using System.Text;
using NeonPanel.Mcp.Generator.Comparison;
using NeonPanel.Mcp.Generator.Normalization;

namespace NeonPanel.Mcp.Generator.Commands;

/// <summary>What a refresh adds to CHANGELOG.md: one entry under <c>Unreleased</c>, with what breaks and what may.</summary>
internal static class ChangelogEntry
{
    private const string Heading = "## Unreleased\n";
    private const int MaxLines = 12;

    public static string Insert(string changelog, string before, string after, IReadOnlyList<Change> changes)
    {
        var place = changelog.IndexOf(Heading, StringComparison.Ordinal);
        if (place < 0)
        {
            return changelog;
        }

        var told = changes.Where(change => change.Class != ChangeClass.Additive && !ChangeReport.IsProse(change)).ToList();
        var entry = new StringBuilder($"\n- Specification {(before == after ? after : $"{before} → {after}")}. {ChangeReport.Summary(changes)}\n");
        foreach (var change in told.Take(MaxLines))
        {
            entry.Append($"  - {PlainText.Line(change.Tool ?? "all tools")}: {PlainText.Line(change.Sentence)}\n");
        }

        if (told.Count > MaxLines)
        {
            entry.Append($"  - and {told.Count - MaxLines} more\n");
        }

        var rest = changelog[(place + Heading.Length)..].TrimStart('\n');
        return changelog[..(place + Heading.Length)] + entry + rest;
    }
}
