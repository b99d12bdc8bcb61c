using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Naming;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Building;

/// <summary>Reads earlier names of tools and arguments, and retired tools, whose operation no longer exists. The
/// overlay declares them; the lock also keeps retired tools.</summary>
internal static class AliasReader
{
    /// <summary>Returns earlier names of a tool: <c>x-mcp.aliases</c> of its operation.</summary>
    public static IReadOnlyList<string> Names(JsonObject extension) =>
        [
            .. extension
                .Items("aliases")
                .OfType<JsonValue>()
                .Select(name => name.ToString())
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>Returns earlier names of arguments with the current ones: <c>x-mcp.argumentAliases</c>.</summary>
    public static IReadOnlyDictionary<string, string> Arguments(JsonObject extension) =>
        new SortedDictionary<string, string>(
            extension.Members("argumentAliases").ToDictionary(pair => pair.Key, pair => pair.Value?.ToString() ?? ""),
            StringComparer.Ordinal
        );

    /// <summary>Returns retired tools: <c>x-mcp.retired</c> of the document, and those that the lock keeps.</summary>
    public static IReadOnlyList<RetiredTool> Retired(
        JsonObject? extension,
        PublishedNames published,
        IReadOnlyList<OperationModel> tools
    )
    {
        var declared = extension.Members("retired");
        var live = tools.SelectMany(tool => tool.Aliases.Append(tool.ToolName)).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. declared
                .Select(pair => pair.Key)
                .Concat(published.Retired.Select(retired => retired.Name).Where(name => !live.Contains(name)))
                .Distinct()
                .Order(StringComparer.Ordinal)
                .Select(name => new RetiredTool(
                    name,
                    declared.Get(name).Text("successor") ?? Renamed(name),
                    PlainText.Line(declared.Get(name).Text("text"))
                )),
        ];

        // Returns the current name of the operation's tool, if the operation still exists.
        string? Renamed(string name) =>
            published.Retired.FirstOrDefault(retired => retired.Name == name) is { } retired
                ? tools.FirstOrDefault(tool => tool.Source.Key == retired.Key)?.ToolName
                : null;
    }

    private static IEnumerable<string> Check(RetiredTool tool, Dictionary<string, string> owners)
    {
        if (owners.TryGetValue(tool.Name, out var owner))
        {
            yield return $"'{tool.Name}' cannot be retired: it is a name of '{owner}'. Delete it from x-mcp.retired.";
        }

        if (tool.Successor is { } successor && !owners.ContainsKey(successor))
        {
            yield return $"The successor '{successor}' of '{tool.Name}' is not a tool. Correct it in the overlay (x-mcp.retired).";
        }
    }

    /// <summary>Reports names that have two meanings, or none.</summary>
    public static IEnumerable<Diagnostic> Check(
        string file,
        IReadOnlyList<OperationModel> tools,
        IReadOnlyList<RetiredTool> retired
    )
    {
        var owners = tools
            .GroupBy(tool => tool.ToolName)
            .ToDictionary(group => group.Key, group => group.First().ToolName, StringComparer.Ordinal);
        foreach (var tool in tools)
        {
            foreach (var alias in tool.Aliases)
            {
                if (!ToolNames.IsLegal(alias))
                {
                    yield return Fault(
                        tool.Pointer,
                        $"The alias '{alias}' is not of the form [A-Za-z0-9_-]{{1,64}}. Correct it in the overlay (x-mcp.aliases)."
                    );
                }
                else if (!owners.TryAdd(alias, tool.ToolName))
                {
                    yield return Fault(
                        tool.Pointer,
                        $"The alias '{alias}' of '{tool.ToolName}' is a name of '{owners[alias]}' as well. Take it from one of the two (x-mcp.aliases)."
                    );
                }
            }

            foreach (var (old, name) in tool.ArgumentAliases)
            {
                if (
                    tool.Arguments.Properties.Any(property => property.Name == old)
                    || tool.Arguments.Properties.All(property => property.Name != name)
                )
                {
                    yield return Fault(
                        tool.Pointer,
                        $"'{tool.ToolName}' cannot accept '{old}' for '{name}': the first must not be one of its arguments, the second must be. Correct x-mcp.argumentAliases."
                    );
                }
            }
        }

        foreach (var message in retired.SelectMany(tool => Check(tool, owners)))
        {
            yield return Fault("/x-mcp/retired", message);
        }

        Diagnostic Fault(string pointer, string message) =>
            new(DiagnosticIds.OverlayMember, Severity.Error, file, pointer, message);
    }
}
