namespace NeonPanel.Mcp.Server.Arguments;

/// <summary>Finds the known name that the caller probably meant.</summary>
internal static class NearestName
{
    /// <summary>Longest name to compare, in characters, so that one comparison takes at most about 10,000
    /// steps.</summary>
    private const int LongestName = 64;
    private const int LongestCandidate = 150;

    /// <returns>The known name with the fewest edits, if they are fewer than half of its letters; otherwise
    /// <see langword="null"/>.</returns>
    public static string? Find(string name, IEnumerable<string> known)
    {
        if (name.Length > LongestName)
        {
            return null;
        }

        var plain = Plain(name);
        string? nearest = null;
        var least = int.MaxValue;
        foreach (var candidate in known)
        {
            // Fewer than half of the letters, and no more edits than the best name so far.
            var limit = Math.Min((candidate.Length - 1) / 2, least);
            var distance =
                candidate.Length > LongestCandidate ? int.MaxValue : Distance(plain, Plain(candidate), limit);
            if (distance <= limit && (distance < least || string.CompareOrdinal(candidate, nearest) < 0))
            {
                nearest = candidate;
                least = distance;
            }
        }

        return nearest;
    }

    /// <summary>Removes the differences between spelling styles: <c>per_page</c>, <c>perPage</c> and <c>PER-PAGE</c>
    /// become equal.</summary>
    public static string Plain(string name) =>
        string.Create(
            name.Length
                - name.AsSpan().Count('_')
                - name.AsSpan().Count('-')
                - name.AsSpan().Count('.')
                - name.AsSpan().Count(' '),
            name,
            static (letters, name) =>
            {
                var at = 0;
                foreach (var character in name)
                {
                    if (character is not ('_' or '-' or '.' or ' '))
                    {
                        letters[at++] = char.ToLowerInvariant(character);
                    }
                }
            }
        );

    // Returns the Levenshtein distance, or any larger number if it is above the limit.
    private static int Distance(string first, string second, int limit)
    {
        if (Math.Abs(first.Length - second.Length) > limit)
        {
            return int.MaxValue;
        }

        Span<int> row = stackalloc int[second.Length + 1];
        for (var j = 0; j < row.Length; j++)
        {
            row[j] = j;
        }

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
