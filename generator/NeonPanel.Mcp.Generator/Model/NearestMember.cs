namespace NeonPanel.Mcp.Generator.Model;

/// <summary>Finds the name that somebody meant who wrote another.</summary>
internal static class NearestMember
{
    /// <returns>The known name that shares most of its pairs of neighboring letters with the one that was written
    /// (Dice's coefficient), when that is at least a third of them; else <see langword="null"/>.</returns>
    public static string? Find(string name, IEnumerable<string> known) =>
        known
            .Select(candidate => (candidate, Likeness: Likeness(Pairs(name), Pairs(candidate))))
            .Where(pair => pair.Likeness >= 1.0 / 3)
            .OrderByDescending(pair => pair.Likeness)
            .ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Select(pair => pair.candidate)
            .FirstOrDefault();

    private static double Likeness(HashSet<string> first, HashSet<string> second) =>
        2.0 * first.Count(second.Contains) / (first.Count + second.Count);

    // The ends count as letters, so that names of one letter have pairs too.
    private static HashSet<string> Pairs(string name)
    {
        var text = $"^{name.ToLowerInvariant()}$";
        return [.. Enumerable.Range(0, text.Length - 1).Select(start => text.Substring(start, 2))];
    }
}
