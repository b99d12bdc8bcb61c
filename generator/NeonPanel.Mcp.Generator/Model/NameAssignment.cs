namespace NeonPanel.Mcp.Generator.Model;

/// <summary>Gives each of a set a name of its own, without counters and independent of the order (rule E5).</summary>
internal static class NameAssignment
{
    /// <summary>Gives each the first of its candidates that nobody else wants. All that meet in one name move on to
    /// their next candidate together, so that none is favoured by where it stands.</summary>
    /// <param name="wanted">For each key its candidates, best first. The last should be unique by itself, as one that
    /// ends in a hash is; where all are used up, two may share a name.</param>
    /// <param name="isReserved">Names nobody may have.</param>
    /// <param name="comparer">When two names are the same.</param>
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
