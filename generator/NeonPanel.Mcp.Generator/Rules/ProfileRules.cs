using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Naming;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Rules;

/// <summary>Checks that each profile is complete in itself (rule C11): it contains every tool that a tool of it names
/// in a text, or that finds the value of an argument by a name.</summary>
internal static class ProfileRules
{
    public static IEnumerable<Diagnostic> Check(CatalogModel catalog)
    {
        var tools = catalog
            .Tools.DistinctBy(tool => tool.ToolName)
            .ToDictionary(tool => tool.ToolName, StringComparer.Ordinal);
        var mentions = catalog.Tools.ToDictionary(tool => tool, tool => Mentions(tool, tools));
        foreach (var profile in catalog.Profiles.Where(name => name != "all"))
        {
            var missing =
                from tool in catalog.Tools
                where tool.Profiles.Contains(profile)
                from named in mentions[tool]
                where !named.Profiles.Contains(profile) && !IsWriteOfReadOnlyProfile(profile, named)
                group tool.ToolName by named.ToolName;
            foreach (var group in missing)
            {
                yield return new(
                    DiagnosticIds.IncompleteProfile,
                    Severity.Error,
                    "catalog",
                    tools[group.Key].Pointer,
                    $"The profile '{profile}' lacks the tool '{group.Key}', which {string.Join(", ", group)} of it "
                        + $"{(group.Count() == 1 ? "names" : "name")}. Add '{profile}' to x-mcp.profiles of '{group.Key}' in the overlay, or change the text."
                );
            }
        }
    }

    // The profile 'read' cannot contain a tool that writes. A text may still say where a record comes from.
    private static bool IsWriteOfReadOnlyProfile(string profile, OperationModel named) =>
        profile == "read" && !named.Hints.ReadOnly;

    private static List<OperationModel> Mentions(OperationModel tool, Dictionary<string, OperationModel> tools) =>
        [
            .. ToolMentions
                .In(tool.Description + " " + JsonText.Compact(tool.InputSchema), tools.Keys)
                .Concat(tool.Lookups.Select(place => place.Lookup.List))
                .Distinct()
                .Where(name => name != tool.ToolName)
                .Select(name => tools[name]),
        ];
}
