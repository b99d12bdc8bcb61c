using System.Text;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Comparison;
using NeonPanel.Mcp.Generator.Pipeline;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Commands;

/// <summary>Describes the result of a refresh: the text of a pull request, and the entry in the change log.</summary>
internal sealed class RefreshReport(
    string source,
    RefreshOptions options,
    JsonObject? known,
    JsonObject fresh,
    GenerationPipeline pipeline,
    IReadOnlyList<Change> changes,
    SkillTouches skills
)
{
    private const string Unreleased = "## Unreleased\n";
    private const string Changed = "### Changed\n";

    public IReadOnlyList<Change> Changes => changes;

    /// <summary>Gets the skills that the changes concern.</summary>
    public IReadOnlyList<SkillTouch> Skills => skills.Of(changes);

    public string Write(bool isWritten)
    {
        var text = new StringBuilder($"# {MarkdownText.Escape(Title)}\n\n").Append(
            ChangeReport.Write(changes, "markdown", Skills)
        );
        var (prose, shape) = (
            changes.Count(ChangeReport.IsProse),
            changes.Count(change => !ChangeReport.IsProse(change))
        );
        text.Append(
                $"{shape} {(shape == 1 ? "change" : "changes")} of names, arguments, answers or meaning; {prose} of texts that agents read. "
            )
            .Append(
                $"The document differs in {Differences} {(Differences == 1 ? "place" : "places")} in all, those that no tool shows (examples, answers to failures, general texts) among them.\n\n"
            )
            .Append($"Source: {MarkdownText.Escape(source)}. {MarkdownText.Escape(Outcome(isWritten))}\n");
        if (changes.Any(change => change.Class == ChangeClass.Breaking))
        {
            text.Append(isWritten ? "\nBefore merging: " : "\nBefore accepting it: ")
                .Append(
                    "an old name of a tool or an argument keeps working with `aliases` or `argumentAliases` in the overlay, and a tool "
                        + "that is gone names its successor with `retired` (docs/changes.md).\n"
                );
        }

        foreach (var finding in pipeline.Errors)
        {
            text.Append($"\nThe build stops on: {MarkdownText.Escape(finding.Message)}\n");
        }

        return text.ToString();
    }

    /// <summary>Returns one sentence that says whether the files were written.</summary>
    public string Outcome(bool isWritten) =>
        isWritten
            ? $"Written: {options.Specification} and {options.Lock} ({pipeline.Catalog.Tools.Count} tools)."
            : "Nothing was written: tools that are published would break. Run again with --accept-breaking if that is intended.";

    /// <summary>Returns the change log with an entry at the head of <c>### Changed</c> below <c>## Unreleased</c>. A
    /// missing heading is added.</summary>
    public string AddTo(string changelog)
    {
        var heading = LineIndex(changelog, Unreleased, 0, changelog.Length);
        if (heading < 0)
        {
            var before = changelog.Length == 0 ? "# Changelog\n\n" : changelog + "\n";
            return before + Unreleased + "\n" + Changed + "\n" + Entry();
        }

        var start = heading + Unreleased.Length;
        var end = LineIndex(changelog, "## ", start, changelog.Length);
        end = end < 0 ? changelog.Length : end;
        var changed = LineIndex(changelog, Changed, start, end);
        if (changed >= 0)
        {
            return Insert(changelog, changed + Changed.Length, Entry());
        }

        return Insert(changelog, PlaceOfChanged(changelog, start, end), Changed + "\n" + Entry());
    }

    /// <summary>Returns where <c>### Changed</c> belongs: behind <c>### Added</c> and entries without a heading, ahead
    /// of every other heading.</summary>
    private static int PlaceOfChanged(string changelog, int start, int end)
    {
        var place = LineIndex(changelog, "### ", start, end);
        if (place >= 0 && LineIndex(changelog, "### Added\n", place, end) == place)
        {
            place = LineIndex(changelog, "### ", place + 1, end);
        }

        return place < 0 ? end : place;
    }

    private static string Insert(string changelog, int place, string text)
    {
        var before = changelog[..place].TrimEnd('\n');
        var after = changelog[place..].TrimStart('\n');
        var separator = after.Length == 0 || after.StartsWith('-') ? "" : "\n";
        return before + "\n\n" + text + separator + after;
    }

    /// <summary>Returns the index of the first line that begins with a text, or -1.</summary>
    private static int LineIndex(string changelog, string text, int start, int end)
    {
        for (var index = start; index < end; index++)
        {
            if (
                (index == 0 || changelog[index - 1] == '\n')
                && string.CompareOrdinal(changelog, index, text, 0, text.Length) == 0
            )
            {
                return index;
            }
        }

        return -1;
    }

    private string Entry()
    {
        var verdict = ChangeReport.Verdict(changes) switch
        {
            "none" => "no change for agents",
            var worst => worst + " for agents",
        };
        var callers = changes.Any(change => change.Caller == CallerImpact.Breaking)
            ? "; typed C# callers must change their source"
            : "";
        var text = new StringBuilder($"- {MarkdownText.Escape(Title)}: {verdict}{callers}.\n");
        foreach (
            var alike in ChangeReport.Alike(
                changes.Where(change =>
                    !ChangeReport.IsProse(change)
                    && (
                        change.Class != ChangeClass.Additive
                        || change.Kind is ChangeKind.ToolAdded or ChangeKind.OperationMoved or ChangeKind.ServerChanged
                    )
                )
            )
        )
        {
            text.Append(
                $"  - {MarkdownText.Escape(string.Join(", ", alike.Select(change => change.Whom)))}: {MarkdownText.Escape(alike[0].Sentence)}\n"
            );
        }

        // Only the names of the tools are listed, because the specification contains the new texts.
        var reworded = changes
            .Where(ChangeReport.IsProse)
            .Select(change => change.Whom)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return text.Append(
                reworded.Count == 0 ? "" : $"  - Other texts: {MarkdownText.Escape(string.Join(", ", reworded))}.\n"
            )
            .ToString();
    }

    private string Title =>
        known is null || Version(known) == Version(fresh)
            ? $"{pipeline.Catalog.Title} {Version(fresh)}"
            : $"{pipeline.Catalog.Title} {Version(known)} → {Version(fresh)}";

    private int Differences => known is null ? 0 : DocumentDifferences.Count(known, fresh);

    private static string Version(JsonObject root) => root.Get("info").Text("version") ?? "";
}
