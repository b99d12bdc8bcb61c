using NeonPanel.Mcp.Generator.Model;

namespace NeonPanel.Mcp.Generator.Comparison;

/// <summary>Compares two catalogues, and reports what changed and for whom it breaks.</summary>
internal static class CatalogComparer
{
    /// <returns>The changes: the worst class first, then by tool.</returns>
    public static IReadOnlyList<Change> Compare(ComparedCatalog from, ComparedCatalog to)
    {
        var changes = new List<Change>();
        var match = OperationMatcher.Match(from, to);
        foreach (var (before, after) in match.Pairs)
        {
            ToolComparer.Compare(new(before, after, changes), to);
        }

        changes.AddRange(
            match.Removed.Select(tool => new Change(
                ChangeClass.Breaking,
                CallerImpact.Breaking,
                "tool-removed",
                tool.Name,
                "",
                $"The tool is gone: {tool.Operation} is no longer there."
            )
            {
                Operation = tool.Operation,
                Pointer = tool.Places.Tool,
                Before = tool.Title,
            })
        );
        changes.AddRange(
            match.Added.Select(tool => new Change(
                ChangeClass.Additive,
                CallerImpact.Compatible,
                "tool-added",
                tool.Name,
                "",
                $"The tool is new: {tool.Title.TrimEnd('.')} ({tool.Operation})."
            )
            {
                Operation = tool.Operation,
                Pointer = tool.Places.Tool,
                After = tool.Title,
            })
        );
        changes.AddRange(RenamedTypes(match));
        if (from.ServerAddress != to.ServerAddress && !from.IsPublished && !to.IsPublished)
        {
            changes.Add(
                new(
                    ChangeClass.Risky,
                    CallerImpact.Compatible,
                    "server-changed",
                    null,
                    "",
                    $"The API's address was {from.ServerAddress ?? "not given"} and is {to.ServerAddress ?? "not given"} now: calls go there, with the callers' tokens, unless Upstream:BaseAddress is set."
                )
                {
                    Pointer = "/servers",
                    Before = from.ServerAddress,
                    After = to.ServerAddress,
                }
            );
        }

        if (IsOverBudget(to) && !IsOverBudget(from))
        {
            changes.Add(
                new(
                    ChangeClass.Risky,
                    CallerImpact.Compatible,
                    "over-budget",
                    null,
                    "",
                    $"All tools together have {to.Tokens} tokens now; at most {CatalogRules.Budget(to.Tools.Count)} are expected."
                )
                {
                    Before = from.Tokens,
                    After = to.Tokens,
                }
            );
        }

        return InOrder(changes);
    }

    /// <summary>Sorts changes: the worst class first, then by tool.</summary>
    public static IReadOnlyList<Change> InOrder(IEnumerable<Change> changes) =>
        [
            .. changes
                .OrderByDescending(change => change.Class)
                .ThenBy(change => change.Tool, StringComparer.Ordinal)
                .ThenBy(change => change.Subject, StringComparer.Ordinal)
                .ThenBy(change => change.Kind, StringComparer.Ordinal),
        ];

    // A type without a name in the document is named after its method. It therefore counts only if the method kept its
    // name.
    private static IEnumerable<Change> RenamedTypes(OperationMatch match) =>
        match
            .Pairs.Where(pair => pair.From.TypedName == pair.To.TypedName)
            .SelectMany(pair =>
                pair.From.TypeNames.Where(type =>
                        pair.To.TypeNames.TryGetValue(type.Key, out var name) && name != type.Value
                    )
                    .Select(type => (Before: type.Value, After: pair.To.TypeNames[type.Key], Tool: pair.To))
            )
            .GroupBy(rename => (rename.Before, rename.After))
            .Select(group => new Change(
                ChangeClass.Additive,
                CallerImpact.Breaking,
                "type-renamed",
                null,
                group.Key.Before,
                $"The type {group.Key.Before} of the typed client is called {group.Key.After} now ({string.Join(", ", group.Select(rename => rename.Tool.Name).Distinct())})."
            )
            {
                Pointer = group.First().Tool.Places.Tool,
                Before = group.Key.Before,
                After = group.Key.After,
            });

    private static bool IsOverBudget(ComparedCatalog catalog) =>
        catalog.Tokens > CatalogRules.Budget(catalog.Tools.Count);
}
