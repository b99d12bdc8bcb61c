using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Research;

/// <summary>The notices of a search: sources that were not searched, words that were left out, and kinds of records in
/// which nothing was found.</summary>
internal static class SearchNotices
{
    private const int MaxNames = 10;

    /// <param name="scopes">The number of scopes if not all were searched, otherwise 0.</param>
    /// <param name="words">The words of the search.</param>
    /// <param name="query">The words that were searched last.</param>
    public static string Of(ResearchSources sources, int scopes, IReadOnlyList<Found> found, string words, string query)
    {
        var notices = new List<string>();
        var isEmpty = found.All(item => item.Results.Count == 0);
        if (isEmpty)
        {
            notices.Add(
                $"Nothing was found among these kinds: {Names(sources.Sources.Select(source => source.Kind))}. Try fewer words, a number or a code."
            );
        }
        else if (QueryWords.Dropped(words, query) is { Count: > 0 } dropped)
        {
            notices.Add($"No record has all words. These were left out: {Names(dropped)}.");
        }

        if (scopes > 0)
        {
            notices.Add($"Only the first 10 of {scopes} were searched; name one among the words to look there alone.");
        }

        foreach (
            var group in found.Where(item => item.Refused is not null).GroupBy(item => (int)item.Refused!.StatusCode)
        )
        {
            notices.Add(
                $"Not searched, because the API answered {group.Key}: {Names(group.Select(item => item.Source))}."
            );
        }

        AddNames("Not searched whole, because the API answered with invalid JSON", item => item.IsUnreadable);
        AddNames("More records than are shown match in", item => item.HasMore);
        return string.Join(' ', notices);

        void AddNames(string text, Func<Found, bool> applies)
        {
            var names = found.Where(applies).Select(item => item.Source).ToList();
            if (names.Count > 0)
            {
                notices.Add($"{text}: {Names(names)}.");
            }
        }
    }

    private static string Names(IEnumerable<string> names)
    {
        var all = names.Distinct().ToList();
        return string.Join(", ", all.Take(MaxNames))
            + (all.Count > MaxNames ? $" and {all.Count - MaxNames} more" : "");
    }
}
