using System.Collections.Concurrent;
using NeonPanel.Mcp.Server.ToolResults;

namespace NeonPanel.Mcp.Server.Calls.Names;

/// <summary>Finds things by name: in the whole list, or in what the list's own search finds for each name.</summary>
internal sealed class NameFinder(NamedThings things)
{
    /// <summary>Most names that are searched one by one. More names are found in the whole list, because its pages are
    /// fewer requests.</summary>
    public const int MaxSearches = 20;

    /// <summary>Most names of a call for which the server searches again with a part of the name, to suggest
    /// others.</summary>
    private const int MaxSuggestions = 3;

    // Letters of a word with which the server searches again.
    private const int BeginningLength = 4;

    private const int Parallel = 4;

    /// <param name="source">Where the names are, in which part of the data.</param>
    /// <param name="names">The different names.</param>
    /// <param name="isNear">Whether a name that is not found may be searched again for suggestions.</param>
    /// <param name="call">The call that contains the names.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <returns>For each name, the list that contains it or the names near it; or a failure.</returns>
    public async Task<(IReadOnlyDictionary<string, NamedList> Lists, ToolResult? Failure)> FindAsync(
        NameQuery source,
        IReadOnlyCollection<string> names,
        bool isNear,
        CallContext call,
        CancellationToken cancellationToken
    )
    {
        if (names.Count == 0)
        {
            return (new Dictionary<string, NamedList>(), null);
        }

        if (source.Source.Search is null || names.Count > MaxSearches)
        {
            var whole = await ListAsync(source);
            return (names.ToDictionary(name => name, _ => whole, StringComparer.Ordinal), whole.Failure);
        }

        var lists = new ConcurrentDictionary<string, NamedList>(StringComparer.Ordinal);
        var suggestions = 0;
        await System.Threading.Tasks.Parallel.ForEachAsync(
            names,
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken },
            async (name, _) =>
            {
                // After a failure, no further request is of use.
                if (lists.Values.All(list => list.Failure is null))
                {
                    lists[name] = await SearchAsync(name);
                }
            }
        );
        return (lists, lists.Values.FirstOrDefault(list => list.Failure is not null)?.Failure);

        Task<NamedList> ListAsync(NameQuery query) => things.ListAsync(query, call, cancellationToken);

        async Task<NamedList> SearchAsync(string name)
        {
            var plain = NameText.Plain(name);
            var list = await ListAsync(source with { Text = plain });
            if (list.Failure is not null || list.Things.Count > 0 || !isNear)
            {
                return list;
            }

            // The record may be written in another way: with two spaces, or with a typing error in the name.
            var word = NameText.LongestWord(plain);
            foreach (var part in (string[])[word, word.Length > BeginningLength ? word[..BeginningLength] : ""])
            {
                if (part.Length == 0 || part == plain || Interlocked.Increment(ref suggestions) > 2 * MaxSuggestions)
                {
                    continue;
                }

                list = await ListAsync(source with { Text = part });
                if (list.Failure is not null || list.Things.Count > 0)
                {
                    return list;
                }
            }

            return await ListAsync(source with { MaxPages = 1 });
        }
    }
}
