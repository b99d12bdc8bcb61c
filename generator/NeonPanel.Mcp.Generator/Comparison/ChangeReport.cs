using System.Text;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Comparison;

/// <summary>Writes a report of changes for people or programs. The verdict comes first.</summary>
internal static class ChangeReport
{
    /// <param name="changes">The changes.</param>
    /// <param name="format"><c>text</c>, <c>json</c> or <c>markdown</c>.</param>
    /// <param name="touches">The skills that the changes concern, or <see langword="null"/>.</param>
    public static string Write(
        IReadOnlyList<Change> changes,
        string format,
        IReadOnlyList<SkillTouch>? touches = null
    ) =>
        format switch
        {
            "json" => JsonText.Indented(Json(changes, touches ?? [])),
            "markdown" => Markdown(changes) + SkillTouches.Markdown(touches ?? []),
            _ => Text(changes) + SkillTouches.Text(touches ?? []),
        };

    /// <summary>Returns the worst class of all changes, or <c>none</c>.</summary>
    public static string Verdict(IReadOnlyList<Change> changes) =>
        changes.Count == 0 ? "none" : Name(changes.Max(change => change.Class));

    /// <summary>Returns one line with the effect of the changes.</summary>
    public static string Summary(IReadOnlyList<Change> changes)
    {
        if (changes.Count == 0)
        {
            return "No change: agents and typed callers find everything as it was.";
        }

        var counts = string.Join(
            ", ",
            changes
                .GroupBy(change => change.Class)
                .OrderByDescending(group => group.Key)
                .Select(group => $"{group.Count()} {Name(group.Key)}")
        );
        var callers = changes.Count(change => change.Caller == CallerImpact.Breaking);
        var (head, tail) = changes.Max(change => change.Class) switch
        {
            ChangeClass.Breaking => ("Breaking", "calls that worked are refused or do something else"),
            ChangeClass.Risky when changes.All(IsProse) => (
                "Risky",
                "texts alone changed; names, arguments and answers are as they were"
            ),
            ChangeClass.Risky => ("Risky", "calls still work, but may be chosen or read differently"),
            _ => ("Additive", "nothing that worked stops working"),
        };
        return $"{head} for agents: {tail} ({counts}). Typed C# callers: "
            + (callers == 0 ? "compatible." : $"breaking ({callers} of the changes).");
    }

    /// <summary>Returns whether a change concerns only texts.</summary>
    public static bool IsProse(Change change) =>
        change.Kind is ChangeKind.DescriptionChanged or ChangeKind.TitleChanged;

    /// <summary>Returns the changes as Markdown with a heading for each class. Equal changes of several tools share a
    /// row.</summary>
    public static string Markdown(IReadOnlyList<Change> changes)
    {
        var text = new StringBuilder($"**{MarkdownText.Escape(Summary(changes))}**\n\n");
        foreach (var group in changes.GroupBy(change => change.Class).OrderByDescending(group => group.Key))
        {
            text.Append($"## {Title(group.Key)}\n\n")
                .Append(
                    MarkdownText.Table(
                        ["Tool", "What changed", "Before", "After", "C# callers"],
                        Alike(group)
                            .Select(alike =>
                            {
                                var (before, after) = Excerpt.Of(Value(alike[0].Before), Value(alike[0].After));
                                return new[]
                                {
                                    string.Join(", ", alike.Select(change => change.Whom)),
                                    alike[0].Sentence,
                                    before,
                                    after,
                                    alike.Any(change => change.Caller == CallerImpact.Breaking)
                                        ? "breaking"
                                        : "compatible",
                                };
                            })
                    )
                );
        }

        return text.ToString();
    }

    private static string Text(IReadOnlyList<Change> changes)
    {
        var text = new StringBuilder(Summary(changes)).Append('\n');
        foreach (var group in changes.GroupBy(change => change.Class).OrderByDescending(group => group.Key))
        {
            text.Append($"\n{Title(group.Key)}\n");
            foreach (var alike in Alike(group))
            {
                var (before, after) = Excerpt.Of(Value(alike[0].Before), Value(alike[0].After));
                text.Append("  ")
                    .Append(Line(string.Join(", ", alike.Select(change => change.Whom))))
                    .Append(": ")
                    .Append(Line(alike[0].Sentence))
                    .Append(
                        alike.Any(change => change.Caller == CallerImpact.Breaking) ? " [breaks typed callers]\n" : "\n"
                    );
                if (before.Length + after.Length > 0)
                {
                    text.Append("      ")
                        .Append(before.Length == 0 ? "-" : Line(before))
                        .Append(" → ")
                        .Append(after.Length == 0 ? "-" : Line(after))
                        .Append('\n');
                }

                text.Append("      #").Append(Line(alike[0].Pointer)).Append('\n');
            }
        }

        return text.ToString();
    }

    private static JsonObject Json(IReadOnlyList<Change> changes, IReadOnlyList<SkillTouch> touches)
    {
        var report = Json(changes);
        if (touches.Count > 0)
        {
            report["skills"] = new JsonArray([
                .. touches.Select(touch => new JsonObject
                {
                    ["skill"] = touch.Skill,
                    ["file"] = touch.File,
                    ["tools"] = new JsonArray([.. touch.Tools.Select(name => (JsonNode)name)]),
                }),
            ]);
        }

        return report;
    }

    private static JsonObject Json(IReadOnlyList<Change> changes) =>
        new()
        {
            ["verdict"] = Verdict(changes),
            ["changes"] = new JsonArray([
                .. changes.Select(change => new JsonObject
                {
                    ["class"] = Name(change.Class),
                    ["caller"] = change.Caller == CallerImpact.Breaking ? "breaking" : "compatible",
                    ["kind"] = change.Kind.Text(),
                    ["tool"] = change.Tool,
                    ["operation"] = Operation(change.Operation),
                    ["movedTo"] = Operation(change.MovedTo),
                    ["pointer"] = change.Pointer,
                    ["before"] = change.Before?.DeepClone(),
                    ["after"] = change.After?.DeepClone(),
                    ["text"] = change.Text,
                }),
            ]),
        };

    private static JsonObject? Operation(OperationKey? operation) =>
        operation is null
            ? null
            : new()
            {
                ["method"] = operation.Method,
                ["path"] = operation.Path,
                ["operationId"] = operation.OperationId,
            };

    /// <summary>Groups equal changes of several tools, which occur when a shared schema changes.</summary>
    public static IEnumerable<List<Change>> Alike(IEnumerable<Change> changes) =>
        changes
            .GroupBy(change =>
                (change.Kind, change.Subject, change.Sentence, Value(change.Before), Value(change.After))
            )
            .Select(group => group.ToList());

    private static string Value(JsonNode? value) =>
        value switch
        {
            null => "",
            JsonValue text when text.TryGetValue<string>(out var plain) => plain,
            _ => JsonText.Compact(value),
        };

    private static string Line(string text) => PlainText.Line(text);

    private static string Name(ChangeClass @class) => Title(@class).ToLowerInvariant();

    private static string Title(ChangeClass @class) =>
        @class switch
        {
            ChangeClass.Breaking => "Breaking",
            ChangeClass.Risky => "Risky",
            _ => "Additive",
        };
}
