namespace NeonPanel.Mcp.Generator.Naming;

/// <summary>Finds the known name that the author of an unknown one probably meant.</summary>
internal static class NearestMember
{
    /// <returns>The known name with the most pairs of neighboring letters in common (Dice's coefficient), if it has at
    /// least a third of them; otherwise <see langword="null"/>.</returns>
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

    // The ends of a name count as letters, so that names of one letter have pairs too.
    private static HashSet<string> Pairs(string name)
    {
        var text = $"^{name.ToLowerInvariant()}$";
        return [.. Enumerable.Range(0, text.Length - 1).Select(start => text.Substring(start, 2))];
    }
}
