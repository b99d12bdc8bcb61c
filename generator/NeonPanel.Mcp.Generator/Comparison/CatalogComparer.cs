using NeonPanel.Mcp.Generator.Rules;

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

        changes.AddRange(match.Removed.Select(Removed));
        changes.AddRange(match.Added.Select(Added));
        changes.AddRange(RenamedTypes(match));
        if (from.ServerAddress != to.ServerAddress && !from.IsPublished && !to.IsPublished)
        {
            changes.Add(OtherServer(from, to));
        }

        if (IsOverBudget(to) && !IsOverBudget(from))
        {
            changes.Add(OverBudget(from, to));
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
                .ThenBy(change => change.Kind.Text(), StringComparer.Ordinal),
        ];

    private static Change Removed(ComparedTool tool) =>
        new(
            ChangeClass.Breaking,
            CallerImpact.Breaking,
            ChangeKind.ToolRemoved,
            tool.Name,
            "",
            $"The tool is gone: {tool.Operation} is no longer there."
        )
        {
            Operation = tool.Operation,
            Pointer = tool.Places.Tool,
            Before = tool.Title,
        };

    private static Change Added(ComparedTool tool) =>
        new(
            ChangeClass.Additive,
            CallerImpact.Compatible,
            ChangeKind.ToolAdded,
            tool.Name,
            "",
            $"The tool is new: {tool.Title.TrimEnd('.')} ({tool.Operation})."
        )
        {
            Operation = tool.Operation,
            Pointer = tool.Places.Tool,
            After = tool.Title,
        };

    private static Change OtherServer(ComparedCatalog from, ComparedCatalog to) =>
        new(
            ChangeClass.Risky,
            CallerImpact.Compatible,
            ChangeKind.ServerChanged,
            null,
            "",
            $"The API's address was {from.ServerAddress ?? "not given"} and is {to.ServerAddress ?? "not given"} now: calls go there, with the callers' tokens, unless Upstream:BaseAddress is set."
        )
        {
            Pointer = "/servers",
            Before = from.ServerAddress,
            After = to.ServerAddress,
        };

    private static Change OverBudget(ComparedCatalog from, ComparedCatalog to) =>
        new(
            ChangeClass.Risky,
            CallerImpact.Compatible,
            ChangeKind.OverBudget,
            null,
            "",
            $"All tools together have {to.Tokens} tokens now; at most {CatalogRules.Budget(to.Tools.Count)} are expected."
        )
        {
            Before = from.Tokens,
            After = to.Tokens,
        };

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
                ChangeKind.TypeRenamed,
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
