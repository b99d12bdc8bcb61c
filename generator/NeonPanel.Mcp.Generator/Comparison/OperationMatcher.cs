using System.Text.RegularExpressions;
using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Comparison;

/// <summary>Finds the counterpart of each tool in the other catalogue: by name, otherwise by method and path, by
/// operation id, or by similarity. A move is therefore reported as one change, not as a removal and an
/// addition.</summary>
internal static partial class OperationMatcher
{
    /// <summary>Least similarity of two operations with different names, paths and ids that count as one.</summary>
    private const double MinLikeness = 0.8;

    /// <summary>Least number of parts of such an operation. Operations with fewer arguments and members are similar by
    /// chance.</summary>
    private const int MinParts = 5;

    public static OperationMatch Match(ComparedCatalog from, ComparedCatalog to)
    {
        var pairs = new List<(ComparedTool From, ComparedTool To)>();
        var (left, right) = (from.Tools.ToList(), to.Tools.ToList());
        Func<ComparedTool, string?>[] keys =
        [
            tool => tool.Name,
            tool => tool.Operation.ToString(),
            tool => tool.Operation.OperationId,
            PlainKey,
        ];
        foreach (var key in keys)
        {
            var others = right.Where(tool => key(tool) is not null).ToLookup(key, StringComparer.Ordinal);
            foreach (
                var group in left.Where(tool => key(tool) is not null).GroupBy(key, StringComparer.Ordinal).ToList()
            )
            {
                if (group.Count() == 1 && others[group.Key].Count() == 1)
                {
                    Take(group.First(), others[group.Key].First());
                }
            }
        }

        foreach (var tool in left.ToList())
        {
            // The tool with this alias may already have a counterpart; it then has two.
            if (to.Tools.FirstOrDefault(other => other.Aliases.Contains(tool.Name)) is { } heir)
            {
                Take(tool, heir);
            }
        }

        foreach (var tool in left.ToList())
        {
            if (Likest(tool, right) is { } likest && Likest(likest, left) == tool)
            {
                Take(tool, likest);
            }
        }

        return new(pairs, left, right);

        void Take(ComparedTool before, ComparedTool after)
        {
            pairs.Add((before, after));
            left.Remove(before);
            right.Remove(after);
        }
    }

    /// <summary>Returns the method, and the path without the names of its placeholders.</summary>
    public static string PlainKey(ComparedTool tool) =>
        tool.Operation.Method + " " + Placeholder().Replace(tool.Operation.Path, "{}");

    private static ComparedTool? Likest(ComparedTool tool, IEnumerable<ComparedTool> others) =>
        others
            .Where(other => other.Operation.Method == tool.Operation.Method)
            .Select(other => (Tool: other, Likeness: Likeness(Parts(tool), Parts(other))))
            .Where(pair => pair.Likeness >= MinLikeness)
            .OrderByDescending(pair => pair.Likeness)
            .ThenBy(pair => pair.Tool.Name, StringComparer.Ordinal)
            .Select(pair => pair.Tool)
            .FirstOrDefault();

    private static double Likeness(HashSet<string> first, HashSet<string> second) =>
        Math.Min(first.Count, second.Count) < MinParts
            ? 0
            : (double)first.Intersect(second).Count() / first.Union(second).Count();

    private static HashSet<string> Parts(ComparedTool tool) =>
        [.. Leaves(tool.Arguments, "argument "), .. Leaves(tool.Answer, "answer ")];

    private static IEnumerable<string> Leaves(SchemaModel schema, string path)
    {
        if (schema.Items is { } items)
        {
            return Leaves(items, SchemaPath.Join(path, "[]"));
        }

        return schema.Properties.Count == 0
            ? [path + ":" + string.Join('|', schema.Types)]
            : schema.Properties.SelectMany(property => Leaves(property.Schema, SchemaPath.Join(path, property.Name)));
    }

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Placeholder();
}

/// <summary>The result of matching the tools of two catalogues.</summary>
/// <param name="Pairs">Each tool with its counterpart.</param>
/// <param name="Removed">Tools without a successor.</param>
/// <param name="Added">Tools without a predecessor.</param>
internal sealed record OperationMatch(
    IReadOnlyList<(ComparedTool From, ComparedTool To)> Pairs,
    IReadOnlyList<ComparedTool> Removed,
    IReadOnlyList<ComparedTool> Added
);
