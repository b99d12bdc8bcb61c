using System.Text.RegularExpressions;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Naming;

namespace NeonPanel.Mcp.Generator.Rules;

/// <summary>Finds texts that lead models to wrong choices or arguments: descriptions that are too similar, and missing
/// texts.</summary>
internal static partial class TextRules
{
    /// <summary>Similarity from which two descriptions are reported: Jaccard index of their pairs of neighbouring
    /// words.</summary>
    public const double TooAlike = 0.8;

    // A limit, because a hostile document can make all of its descriptions nearly equal.
    private const int MaxComparisons = 1_000_000;
    private const int MaxNames = 5;

    public static IEnumerable<Diagnostic> Check(CatalogModel catalog)
    {
        foreach (var tool in catalog.Tools)
        {
            if (!tool.HasOwnText)
            {
                yield return Finding(
                    DiagnosticIds.NoText,
                    tool.Pointer,
                    $"The tool '{tool.ToolName}' has neither summary nor description; its description is made of its method and path."
                );
            }

            var silent = tool
                .Arguments.Properties.Where(property =>
                    property.Schema.Description.Length == 0 && !UntoldArguments.Names.Contains(property.Name)
                )
                .Select(property => property.Name)
                .ToList();
            if (silent.Count > 0)
            {
                yield return Finding(
                    DiagnosticIds.NoText,
                    tool.Pointer,
                    $"The tool '{tool.ToolName}' has {silent.Count} of {tool.Arguments.Properties.Count} arguments without a description: {Some(silent)}."
                );
            }
        }

        foreach (var finding in Alike(catalog.Tools))
        {
            yield return finding;
        }
    }

    // Equal texts form one group; the groups are compared with each other.
    private static IEnumerable<Diagnostic> Alike(IReadOnlyList<OperationModel> tools)
    {
        var groups = tools
            .Where(tool => tool.HasOwnText)
            .GroupBy(tool => string.Join(' ', Words(tool.Description)), StringComparer.Ordinal)
            .ToList();
        foreach (var group in groups.Where(group => group.Count() > 1))
        {
            yield return Finding(
                DiagnosticIds.Alike,
                group.First().Pointer,
                $"{group.Count()} tools have the same description: {Some([.. group.Select(tool => tool.ToolName)])}. Say what tells them apart."
            );
        }

        var sets = groups
            .Select(group => (Tool: group.First(), Pairs: PairsOf(group.Key)))
            .Where(item => item.Pairs.Count > 0)
            .ToList();
        foreach (var finding in AlmostAlike(sets))
        {
            yield return finding;
        }
    }

    // Finds every pair above the limit without comparing all pairs: with pairs of words sorted by rarity, two similar
    // sets must share one of their first members (prefix filtering, Bayardo et al. 2007).
    private static IEnumerable<Diagnostic> AlmostAlike(List<(OperationModel Tool, HashSet<string> Pairs)> sets)
    {
        var frequency = sets.SelectMany(item => item.Pairs)
            .GroupBy(pair => pair, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        var seenIn = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var comparisons = 0;
        for (var index = 0; index < sets.Count; index++)
        {
            var (tool, pairs) = sets[index];
            var prefix = pairs
                .OrderBy(pair => frequency[pair])
                .ThenBy(pair => pair, StringComparer.Ordinal)
                .Take(pairs.Count - (int)Math.Ceiling(TooAlike * pairs.Count) + 1)
                .ToList();
            foreach (var other in prefix.SelectMany(pair => seenIn.GetValueOrDefault(pair) ?? []).Distinct().Order())
            {
                if (++comparisons > MaxComparisons)
                {
                    yield return Finding(
                        DiagnosticIds.Alike,
                        "",
                        $"After {MaxComparisons} comparisons the search for descriptions that are too alike was given up."
                    );
                    yield break;
                }

                var common = pairs.Count(sets[other].Pairs.Contains);
                var likeness = (double)common / (pairs.Count + sets[other].Pairs.Count - common);
                if (likeness >= TooAlike)
                {
                    yield return Finding(
                        DiagnosticIds.Alike,
                        tool.Pointer,
                        $"The descriptions of '{sets[other].Tool.ToolName}' and '{tool.ToolName}' are alike by {likeness:0.00} (limit {TooAlike}). Say what tells them apart."
                    );
                }
            }

            foreach (var pair in prefix)
            {
                if (!seenIn.TryGetValue(pair, out var list))
                {
                    seenIn[pair] = list = [];
                }

                list.Add(index);
            }
        }
    }

    private static HashSet<string> PairsOf(string text)
    {
        var words = text.Split(' ');
        return [.. words.Zip(words.Skip(1), (first, second) => first + " " + second)];
    }

    private static IEnumerable<string> Words(string text) =>
        Word().Matches(text.ToLowerInvariant()).Select(match => match.Value);

    private static string Some(List<string> names) =>
        string.Join(", ", names.Take(MaxNames)) + (names.Count > MaxNames ? $" and {names.Count - MaxNames} more" : "");

    private static Diagnostic Finding(string id, string pointer, string message) =>
        new(id, Severity.Warning, "catalog", pointer, message);

    [GeneratedRegex(@"[\p{L}\p{N}]+")]
    private static partial Regex Word();
}
