namespace NeonPanel.Mcp.Server.Research;

/// <summary>The queries to try for the words of a search, one after the other until something is found: all words, then
/// fewer and fewer. The words that say most are kept: numbers and codes, then names, then long words.</summary>
internal static class QueryWords
{
    /// <summary>Most queries of one search. Each asks every source.</summary>
    public const int MaxQueries = 3;

    private const int ShortestWord = 3;

    public static IReadOnlyList<string> Queries(string words)
    {
        var all = words.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var queries = new List<string> { words };
        if (all.Length > 1)
        {
            queries.AddRange(
                Runs(all)
                    .OrderByDescending(run => run.Rank)
                    .ThenByDescending(run => run.Text.Length)
                    .Select(run => run.Text)
            );
            queries.AddRange(
                all.Where(word => word.Length >= ShortestWord)
                    .OrderByDescending(Rank)
                    .ThenByDescending(word => word.Length)
            );
        }

        return [.. queries.Distinct(StringComparer.OrdinalIgnoreCase).Take(MaxQueries)];
    }

    /// <summary>Returns the words that a query leaves out.</summary>
    public static IReadOnlyList<string> Dropped(string words, string query)
    {
        var kept = query.Split(' ').ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => !kept.Contains(word)).Distinct(),
        ];
    }

    // Words with a digit or a capital letter that follow each other, such as the name of a vendor.
    private static IEnumerable<(string Text, int Rank)> Runs(string[] words)
    {
        var run = new List<string>();
        foreach (var word in words.Append(""))
        {
            if (Rank(word) > 0)
            {
                run.Add(word.Trim('?', '!', ',', '.', ':', ';'));
            }
            else if (run.Count > 0)
            {
                yield return (string.Join(' ', run), run.Max(Rank));
                run.Clear();
            }
        }
    }

    private static int Rank(string word)
    {
        if (word.Any(char.IsDigit))
        {
            return 2;
        }

        return word.Length >= ShortestWord && char.IsUpper(word[0]) ? 1 : 0;
    }
}
