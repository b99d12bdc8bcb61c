using NeonPanel.Mcp.Generator.Rules;

namespace NeonPanel.Mcp.Generator.Comparison;

/// <summary>Compares two versions of one tool, and returns the changes.</summary>
internal static class ToolComparer
{
    public static void Compare(ChangeList changes, ComparedCatalog to)
    {
        Identity(changes, to);
        Aliases(changes, to);
        Hints(changes);
        Texts(changes);
        Scopes(changes);
        Profiles(changes);
        ArgumentComparer.Compare(changes);
        AnswerComparer.Compare(changes);
        BriefComparer.Compare(changes);
        ProvenTypesComparer.Compare(changes);
        Tokens(changes);
    }

    private static void Tokens(ChangeList changes)
    {
        var (before, after) = (changes.From.Tokens, changes.To.Tokens);
        if (after > CatalogRules.MaxToolTokens && before <= CatalogRules.MaxToolTokens)
        {
            changes.Add(
                ChangeClass.Risky,
                CallerImpact.Compatible,
                ChangeKind.OverBudget,
                $"The tool has {after} tokens now; at most {CatalogRules.MaxToolTokens} are expected.",
                before,
                after
            );
        }
    }

    private static void Identity(ChangeList changes, ComparedCatalog catalog)
    {
        var (from, to) = (changes.From, changes.To);
        var moved = OperationMatcher.PlainKey(from) != OperationMatcher.PlainKey(to);
        var isOtherId = from.Operation.OperationId != to.Operation.OperationId;
        var isSameMethod = from.TypedName is null || to.TypedName is null ? !isOtherId : from.TypedName == to.TypedName;
        var caller = isSameMethod ? CallerImpact.Compatible : CallerImpact.Breaking;
        if (
            from.Name == to.Name
            && moved
            && catalog.Tools.Any(tool =>
                tool.Name != to.Name && OperationMatcher.PlainKey(tool) == OperationMatcher.PlainKey(from)
            )
        )
        {
            changes.AddMove(
                ChangeClass.Breaking,
                caller,
                ChangeKind.ToolReassigned,
                $"The name now stands for {to.Operation}, while {from.Operation} lives on under another name: callers get something else."
            );
            return;
        }

        if (moved || isOtherId || from.Name != to.Name)
        {
            var isKept = (from.Name == to.Name && to.HasFixedName) || to.Aliases.Contains(from.Name);
            changes.AddMove(
                isKept ? ChangeClass.Additive : ChangeClass.Breaking,
                caller,
                moved || isOtherId ? ChangeKind.OperationMoved : ChangeKind.ToolRenamed,
                string.Join(' ', MoveFacts(from, to, moved, isKept))
            );
        }
        else if (!isSameMethod)
        {
            changes.Add(
                ChangeClass.Additive,
                CallerImpact.Breaking,
                ChangeKind.ClientRenamed,
                $"The typed method {from.TypedName} is called {to.TypedName} now.",
                from.TypedName,
                to.TypedName
            );
        }
    }

    private static IEnumerable<string> MoveFacts(ComparedTool from, ComparedTool to, bool isMoved, bool isKept)
    {
        if (isMoved)
        {
            yield return $"The operation moved from {from.Operation} to {to.Operation}.";
        }

        var (before, after) = (from.Operation.OperationId, to.Operation.OperationId);
        if (before != after)
        {
            yield return $"The operationId was {before ?? "absent"} and is {after ?? "absent"}.";
        }

        yield return (from.Name == to.Name, isKept) switch
        {
            (true, true) => "The tool keeps its name.",
            (true, false) => "Only its operationId keeps the tool's name; nothing pins it.",
            (false, true) => $"The tool is called {to.Name}; the old name still reaches it.",
            (false, false) => $"The tool would be called {to.Name}.",
        };
    }

    // Aliases are published names as well.
    private static void Aliases(ChangeList changes, ComparedCatalog catalog)
    {
        var names = catalog.Tools.SelectMany(tool => tool.Aliases.Append(tool.Name)).ToHashSet(StringComparer.Ordinal);
        foreach (var alias in changes.From.Aliases.Where(alias => !names.Contains(alias)))
        {
            changes.Add(
                ChangeClass.Breaking,
                CallerImpact.Compatible,
                ChangeKind.AliasRemoved,
                $"The old name '{alias}' no longer reaches the tool.",
                alias,
                null,
                alias
            );
        }

        foreach (
            var alias in changes
                .From.ArgumentAliases.Keys.Except(changes.To.ArgumentAliases.Keys)
                .Where(alias => changes.To.Arguments.Properties.All(property => property.Name != alias))
        )
        {
            changes.Add(
                ChangeClass.Breaking,
                CallerImpact.Compatible,
                ChangeKind.AliasRemoved,
                $"The old name '{alias}' of an argument is no longer taken.",
                alias,
                null,
                alias
            );
        }
    }

    private static void Hints(ChangeList changes)
    {
        var (before, after) = (changes.From.Hints, changes.To.Hints);
        if (before.ReadOnly && !after.ReadOnly)
        {
            changes.Add(
                ChangeClass.Breaking,
                CallerImpact.Compatible,
                ChangeKind.ReadOnlyLost,
                "The tool only read and now writes.",
                true,
                false
            );
            return;
        }

        Hint("readOnlyHint", before.ReadOnly, after.ReadOnly);
        Hint("destructiveHint", before.Destructive, after.Destructive);
        Hint("idempotentHint", before.Idempotent, after.Idempotent);
        Hint("openWorldHint", before.OpenWorld, after.OpenWorld);

        void Hint(string name, bool was, bool @is)
        {
            if (was != @is)
            {
                changes.Add(
                    ChangeClass.Risky,
                    CallerImpact.Compatible,
                    ChangeKind.HintChanged,
                    $"{name} was {Word(was)} and is {Word(@is)}.",
                    was,
                    @is,
                    name
                );
            }
        }

        static string Word(bool value) => value ? "true" : "false";
    }

    private static void Texts(ChangeList changes)
    {
        var (from, to) = (changes.From, changes.To);
        if (from.Title != to.Title)
        {
            changes.Add(
                ChangeClass.Risky,
                CallerImpact.Compatible,
                ChangeKind.TitleChanged,
                "The title changed.",
                from.Title,
                to.Title
            );
        }

        // A tool without a description uses its title as description.
        if (from.Description != to.Description && !(from.Description == from.Title && to.Description == to.Title))
        {
            changes.Add(
                ChangeClass.Risky,
                CallerImpact.Compatible,
                ChangeKind.DescriptionChanged,
                "The description changed.",
                from.Description,
                to.Description
            );
        }

        if (from.IsDeprecated != to.IsDeprecated)
        {
            changes.Add(
                to.IsDeprecated ? ChangeClass.Risky : ChangeClass.Additive,
                CallerImpact.Compatible,
                to.IsDeprecated ? ChangeKind.ToolDeprecated : ChangeKind.ToolUndeprecated,
                to.IsDeprecated ? "The operation is deprecated now." : "The operation is deprecated no more.",
                from.IsDeprecated,
                to.IsDeprecated
            );
        }
    }

    private static void Scopes(ChangeList changes)
    {
        foreach (var scope in changes.To.Scopes.Except(changes.From.Scopes))
        {
            changes.Add(
                ChangeClass.Breaking,
                CallerImpact.Compatible,
                ChangeKind.ScopeAdded,
                $"A call needs the scope '{scope}' now.",
                null,
                scope,
                scope
            );
        }

        foreach (var scope in changes.From.Scopes.Except(changes.To.Scopes))
        {
            changes.Add(
                ChangeClass.Additive,
                CallerImpact.Compatible,
                ChangeKind.ScopeRemoved,
                $"A call needs the scope '{scope}' no more.",
                scope,
                null,
                scope
            );
        }
    }

    // A client of /mcp/{profile} sees only the tools of that profile. The profile 'read' follows from the read-only
    // hint.
    private static void Profiles(ChangeList changes)
    {
        foreach (var profile in changes.From.Profiles.Except(changes.To.Profiles).Where(profile => profile != "read"))
        {
            changes.Add(
                ChangeClass.Breaking,
                CallerImpact.Compatible,
                ChangeKind.ProfileLeft,
                $"The tool is gone from the profile '{profile}'.",
                profile,
                null,
                profile
            );
        }

        foreach (var profile in changes.To.Profiles.Except(changes.From.Profiles).Where(profile => profile != "read"))
        {
            changes.Add(
                ChangeClass.Additive,
                CallerImpact.Compatible,
                ChangeKind.ProfileJoined,
                $"The tool stands in the profile '{profile}' as well.",
                null,
                profile,
                profile
            );
        }
    }
}
