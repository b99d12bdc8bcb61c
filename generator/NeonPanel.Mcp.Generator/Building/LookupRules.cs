using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Building;

/// <summary>Checks the lookups of all tools. A lookup that names something that does not exist, or that cannot work,
/// stops the build.</summary>
internal static class LookupRules
{
    /// <exception cref="FaultException">A lookup cannot work.</exception>
    public static void Check(SpecificationDocument document, IReadOnlyList<OperationModel> tools)
    {
        // Two tools of one name are an error of their own.
        var byName = tools
            .DistinctBy(tool => tool.ToolName)
            .ToDictionary(tool => tool.ToolName, StringComparer.Ordinal);
        foreach (var tool in tools)
        {
            foreach (var place in tool.Lookups)
            {
                if ((place.Lookup.Fault ?? FaultOf(place, tool, byName)) is { } fault)
                {
                    throw new FaultException(
                        new(
                            DiagnosticIds.OverlayMember,
                            Severity.Error,
                            document.File,
                            place.Lookup.Pointer,
                            $"x-mcp.lookup of {tool.ToolName}.{place.Path}: {fault}. Correct the overlay."
                        )
                    );
                }
            }
        }
    }

    private static string? FaultOf(
        ArgumentLookupModel place,
        OperationModel tool,
        Dictionary<string, OperationModel> tools
    ) =>
        FaultOfArgument(place, tool)
        ?? (
            tools.TryGetValue(place.Lookup.List, out var list)
                ? FaultOfScope(place.Lookup, tool, list) ?? FaultOfList(place, list)
                : $"'list' names the tool '{place.Lookup.List}', which does not exist"
        )
        ?? FaultOfLearning(place, tools);

    private static string? FaultOfArgument(ArgumentLookupModel place, OperationModel tool)
    {
        var schema = SchemaOf(tool.Arguments, place.Path);
        if (
            schema
            is not { Types: ["string"] or ["integer", "string"], Enum.Count: 0, Pattern: null, Properties.Count: 0 }
        )
        {
            return "the argument accepts neither text nor integers, or only some texts, so that no name can be sent for it";
        }

        return place.Lookup is { IsSingle: true, Scope.Count: > 0 } or { IsSingle: true, Learn: not null }
            ? "'single' cannot be used with 'scope' or 'learn'"
            : null;
    }

    private static string? FaultOfScope(LookupModel lookup, OperationModel tool, OperationModel list)
    {
        foreach (var (filled, argument) in lookup.Scope)
        {
            if (!IsArgument(list, filled))
            {
                return $"'scope' names the argument '{filled}', which the tool '{list.ToolName}' does not have";
            }

            if (!IsArgument(tool, argument))
            {
                return $"'scope' names the argument '{argument}', which the tool '{tool.ToolName}' does not have";
            }

            if (
                tool.Lookups.FirstOrDefault(other => other.Path == argument)?.Lookup is { } own
                && (own.Scope.Count > 0 || own.Learn is not null)
            )
            {
                return $"'scope' names the argument '{argument}', whose own lookup has a 'scope' or 'learn'";
            }
        }

        if (!list.Hints.ReadOnly || Needed(list, lookup).Any())
        {
            return $"the tool '{list.ToolName}' cannot be asked for a list: it must only read, and need no argument that is not in 'scope'";
        }

        return
            lookup.Search is { } search
            && SchemaOf(list.Arguments, search) is not { Types: ["string"], Lookup: null, Enum.Count: 0 }
            ? $"'search' names '{search}', which is no text argument of the tool '{list.ToolName}'"
            : null;
    }

    // The arguments that the list needs and that the scope does not fill.
    private static IEnumerable<string> Needed(OperationModel list, LookupModel lookup) =>
        list
            .Arguments.Properties.Where(property =>
                (property.IsRequired || property.Schema.Lookup is { IsFilled: true })
                && lookup.Scope.All(pair => pair.Key != property.Name)
            )
            .Select(property => property.Name);

    private static string? FaultOfList(ArgumentLookupModel place, OperationModel list)
    {
        var lookup = place.Lookup;
        if (AnswerOf(list, lookup.Items) is not { Properties.Count: > 0 } item)
        {
            return $"the answer of '{list.ToolName}' has no list of objects '{lookup.Items}'";
        }

        if (lookup.Match.Count == 0)
        {
            return "'match' must name at least one member";
        }

        return FaultOfMembers(
            list.ToolName,
            item,
            lookup.Learn is null && place.IsNumber,
            [lookup.Value, .. lookup.Match, .. lookup.Distinguish]
        );
    }

    private static string? FaultOfLearning(ArgumentLookupModel place, Dictionary<string, OperationModel> tools)
    {
        if (place.Lookup.Learn is not { } learn)
        {
            return null;
        }

        if (learn.From.Count == 0)
        {
            return "'learn.from' must name at least one tool";
        }

        foreach (var (name, path) in learn.From)
        {
            if (!tools.TryGetValue(name, out var source))
            {
                return $"'learn.from' names the tool '{name}', which does not exist";
            }

            if (AnswerOf(source, path) is not { Properties.Count: > 0 } item)
            {
                return $"the answer of '{name}' has no objects '{path}'";
            }

            if (place.Lookup.Scope.FirstOrDefault(pair => !IsArgument(source, pair.Key)) is { Key: { } missing })
            {
                return $"'learn.from' names the tool '{name}', which does not have the argument '{missing}' of 'scope'";
            }

            if (FaultOfMembers(name, item, place.IsNumber, [learn.Value, learn.Key]) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private static string? FaultOfMembers(string tool, SchemaModel item, bool isNumber, IReadOnlyList<string> names)
    {
        if (names.FirstOrDefault(name => item.Properties.All(member => member.Name != name)) is { } missing)
        {
            return $"the items of '{tool}' have no member '{missing}'; they have {string.Join(", ", item.Properties.Select(member => member.Name))}";
        }

        return
            isNumber
            && item.Properties.First(member => member.Name == names[0]).Schema.Types is { Count: > 0 } types
            && !types.Contains("integer")
            ? $"the argument accepts integers, but the member '{names[0]}' of the items of '{tool}' is {string.Join(" or ", types)}"
            : null;
    }

    private static bool IsArgument(OperationModel tool, string name) =>
        tool.Arguments.Properties.Any(property => property.Name == name);

    private static SchemaModel? SchemaOf(SchemaModel arguments, string path) =>
        path.Replace("[]", ".[]", StringComparison.Ordinal)
            .Split('.')
            .Aggregate((SchemaModel?)arguments, (schema, step) =>
                step == "[]"
                    ? schema?.Items
                    : schema?.Properties.FirstOrDefault(property => property.Name == step)?.Schema
            );

    // The objects at a path of an answer. A list stands for its items.
    private static SchemaModel? AnswerOf(OperationModel tool, string path) =>
        path.Split('.')
            .Aggregate((SchemaModel?)tool.AnswerShape, (schema, step) =>
                ItemOf(schema?.Properties.FirstOrDefault(member => member.Name == step)?.Schema)
            );

    private static SchemaModel? ItemOf(SchemaModel? schema) => schema?.Items is { } items ? ItemOf(items) : schema;
}
