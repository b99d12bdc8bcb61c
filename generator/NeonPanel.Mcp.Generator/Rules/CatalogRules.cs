using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;

namespace NeonPanel.Mcp.Generator.Rules;

/// <summary>Checks the sizes of rule C5, and everything that could cause errors in clients or models.</summary>
internal static class CatalogRules
{
    // Measured for NeonPanel in tokens of o200k: 11,999 for 62 tools, 21,339 for the list.
    public const int MaxCatalogTokens = 12_000;
    public const int MaxToolTokens = 1_000;
    public const int MaxListTokens = 22_000;
    private const int AverageTools = 59;

    public static IEnumerable<Diagnostic> Check(CatalogModel catalog)
    {
        var scale = Scale(catalog.Tools.Count);
        var total = catalog.Tools.Sum(tool => tool.Tokens);
        if (total > Budget(catalog.Tools.Count))
        {
            yield return Finding(
                "",
                $"The catalogue has {total} tokens; at most {Budget(catalog.Tools.Count)} are expected. "
                    + "Heaviest: "
                    + string.Join(", ", Heaviest(catalog, 5))
                    + "."
            );
        }

        var list = ListTokens(catalog);
        if (list > MaxListTokens * scale)
        {
            yield return Finding(
                "",
                $"With output schemas the list has {list} tokens; at most {(int)(MaxListTokens * scale)} are expected."
            );
        }

        foreach (var tool in catalog.Tools.Where(tool => tool.Tokens > MaxToolTokens))
        {
            yield return Finding(
                tool.Pointer,
                $"The tool '{tool.ToolName}' has {tool.Tokens} tokens; at most {MaxToolTokens} are expected."
            );
        }

        foreach (
            var finding in ClientRules
                .Check(catalog)
                .Concat(TextRules.Check(catalog))
                .Concat(ProfileRules.Check(catalog))
        )
        {
            yield return finding;
        }

        Diagnostic Finding(string pointer, string message) =>
            new(DiagnosticIds.Budget, Severity.Error, "catalog", pointer, message);
    }

    /// <summary>Returns the budget for names, descriptions and input schemas of a number of tools, in tokens.</summary>
    public static int Budget(int tools) => (int)(MaxCatalogTokens * Scale(tools));

    // The budget is that of NeonPanel's API. It grows in proportion for a larger API.
    private static double Scale(int tools) => Math.Max(1.0, (double)tools / AverageTools);

    /// <summary>Returns the tokens of the whole list, including output schemas.</summary>
    public static int ListTokens(CatalogModel catalog) =>
        catalog.Tools.Sum(tool => tool.Parts.Read + tool.Parts.Output);

    /// <summary>Returns the tokens of the whole list by part.</summary>
    public static ToolTokens Parts(CatalogModel catalog) =>
        catalog.Tools.Aggregate(new ToolTokens(), (sum, tool) => sum + tool.Parts);

    /// <summary>Returns the largest tools as <c>name (tokens)</c>.</summary>
    public static IEnumerable<string> Heaviest(CatalogModel catalog, int count) =>
        ByWeight(catalog).Take(count).Select(tool => $"{tool.ToolName} ({tool.Tokens})");

    /// <summary>Returns the tools, the largest first.</summary>
    public static IEnumerable<OperationModel> ByWeight(CatalogModel catalog) =>
        catalog.Tools.OrderByDescending(tool => tool.Tokens).ThenBy(tool => tool.ToolName, StringComparer.Ordinal);
}
