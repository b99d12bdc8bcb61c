namespace NeonPanel.Mcp.Generator.Naming;

/// <summary>Gives each key a unique name, without counters and independent of the order (rule E5).</summary>
internal static class NameAssignment
{
    /// <summary>Gives each key the first of its candidates that no other key wants. All keys that want the same name
    /// move on to their next candidate together, so that the order of keys does not matter.</summary>
    /// <param name="wanted">The candidates of each key, best first. The last candidate should be unique, for example by
    /// a hash. If all candidates are used up, two keys may share a name.</param>
    /// <param name="isReserved">Returns whether a name is not allowed.</param>
    /// <param name="comparer">Determines when two names are equal.</param>
    public static Dictionary<TKey, string> Assign<TKey>(
        IEnumerable<(TKey Key, IReadOnlyList<string> Candidates)> wanted,
        Predicate<string> isReserved,
        StringComparer comparer
    )
        where TKey : notnull
    {
        var items = wanted.ToList();
        var level = new int[items.Count];
        bool moved;
        do
        {
            moved = false;
            foreach (var group in Enumerable.Range(0, items.Count).GroupBy(Name, comparer).ToList())
            {
                if (group.Count() == 1 && !isReserved(group.Key))
                {
                    continue;
                }

                foreach (var index in group.Where(index => level[index] + 1 < items[index].Candidates.Count))
                {
                    level[index]++;
                    moved = true;
                }
            }
        } while (moved);
        return Enumerable.Range(0, items.Count).ToDictionary(index => items[index].Key, Name);

        string Name(int index) => items[index].Candidates[level[index]];
    }
}
