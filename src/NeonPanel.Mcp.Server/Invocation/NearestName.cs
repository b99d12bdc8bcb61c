namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>Finds what somebody meant.</summary>
internal static class NearestName
{
    private const int LongestName = 64;

    /// <returns>The known name with the fewest edits, when those are less than half of it; else <see langword="null"/>.</returns>
    public static string? Find(string name, IEnumerable<string> known) => name.Length > LongestName ? null : known
        .Select(candidate => (candidate, distance: Distance(Plain(name), Plain(candidate))))
        .Where(pair => pair.distance * 2 < pair.candidate.Length)
        .OrderBy(pair => pair.distance).ThenBy(pair => pair.candidate, StringComparer.Ordinal)
        .Select(pair => pair.candidate).FirstOrDefault();

    /// <summary>A name without what spelling styles differ in: <c>per_page</c>, <c>perPage</c> and <c>PER-PAGE</c> are one.</summary>
    public static string Plain(string name) => string.Concat(name.Where(character => character is not ('_' or '-' or '.' or ' '))).ToLowerInvariant();

    private static int Distance(string first, string second)
    {
        var row = Enumerable.Range(0, second.Length + 1).ToArray();
        for (var i = 1; i <= first.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= second.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (first[i - 1] == second[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
