using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Research;

/// <summary>Searches all sources in parallel, within limits, and returns what each of them found. If nothing has all
/// words, it searches with fewer words.</summary>
internal sealed class ResearchSearch(ResearchSources sources) : ResearchCalls(sources)
{
    private const int MaxScopes = 10;
    private const int MaxAtOnce = 4;
    private const int MaxPerSource = 10;
    private const int MaxResults = 50;

    public async Task<RawResponse> CallAsync(
        HttpClient http,
        JsonElement arguments,
        Action<HttpRequestMessage>? configure,
        CancellationToken cancellationToken
    )
    {
        var api = new ApiAccess(http, configure);
        var words = arguments.GetProperty("query").GetString()!.Trim();
        IReadOnlyList<ScopeRecord> scopes = [];
        if (Sources.Scope is not null)
        {
            var listed = await ScopesAsync(api, cancellationToken).ConfigureAwait(false);
            if (listed.Refused is { } refused)
            {
                return refused;
            }

            scopes = listed.Scopes;
            if (scopes.Where(scope => IsNamed(scope, words)).ToList() is { Count: > 0 } named)
            {
                scopes = named;
                words = Without(words, named);
            }
        }

        using var round = new Round(this, api, scopes, cancellationToken);
        var query = words;
        IReadOnlyList<Found> found = [];
        foreach (var next in QueryWords.Queries(words))
        {
            query = next;
            found = await round.SearchAsync(next).ConfigureAwait(false);
            if (found.Any(item => item.Results.Count > 0) || found.Any(item => IsUnauthorized(item.Refused)))
            {
                break;
            }
        }

        var failed = found.FirstOrDefault(item => IsUnauthorized(item.Refused));
        if (failed is null && found.Count > 0 && found.All(item => item.Refused is not null))
        {
            failed = found[0];
        }

        if (failed?.Refused is { } failure)
        {
            return failure;
        }

        return Answer(
            found,
            SearchNotices.Of(Sources, scopes.Count > MaxScopes ? scopes.Count : 0, found, words, query)
        );
    }

    private static bool IsUnauthorized(RawResponse? answer) => answer?.StatusCode == HttpStatusCode.Unauthorized;

    private static RawResponse Answer(IReadOnlyList<Found> found, string notice) => Json(HttpStatusCode.OK, writer =>
        {
            writer.WriteStartArray("results");
            foreach (var result in found.SelectMany(item => item.Results).Take(MaxResults))
            {
                writer.WriteStartObject();
                writer.WriteString("id", result.Id);
                writer.WriteString("title", result.Title);
                writer.WriteString("url", result.Url);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            if (notice.Length > 0)
            {
                writer.WriteString("notice", notice);
            }
        });

    private static Found Results(
        ResearchSource source,
        ScopeRecord? scope,
        IReadOnlyList<JsonElement> items,
        string query
    )
    {
        var results = items
            .Where(item => source.Search is not null || IsAbout(source, item, query))
            .Select(item => (Item: item, Id: RecordTitle.Text(item, source.Id)))
            .Where(pair => pair.Id is { Length: > 0 })
            .Select(pair => new SearchResult(
                IdOf(source, scope?.Id, pair.Id!),
                RecordTitle.Of(source, pair.Item, scope?.Short, pair.Id!),
                UrlOf(pair.Item)
            ))
            .ToList();
        return new(NameOf(source, scope), [.. results.Take(MaxPerSource)]) { HasMore = results.Count > MaxPerSource };
    }

    private static string NameOf(ResearchSource source, ScopeRecord? scope) =>
        scope is null ? source.Kind : $"{source.Kind} of {(scope.Short.Length > 0 ? scope.Short : scope.Name)}";

    // As an API's own search, which wants all words.
    private static bool IsAbout(ResearchSource source, JsonElement item, string query)
    {
        var text = string.Join(
            ' ',
            source.Match.Prepend(source.Title).Select(member => RecordTitle.Text(item, member))
        );
        return query
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .All(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsNamed(ScopeRecord scope, string words) =>
        (scope.Name.Length > 0 && words.Contains(scope.Name, StringComparison.OrdinalIgnoreCase))
        || (scope.Short.Length > 0 && words.Split(' ').Contains(scope.Short, StringComparer.OrdinalIgnoreCase));

    // If the words are only the name of a scope, the search is for the scope itself.
    private static string Without(string words, IReadOnlyList<ScopeRecord> scopes)
    {
        var rest = scopes
            .Where(scope => scope.Name.Length > 0)
            .Aggregate(words, (text, scope) => text.Replace(scope.Name, "", StringComparison.OrdinalIgnoreCase));
        rest = string.Join(
            ' ',
            rest.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Where(word => !scopes.Any(scope => scope.Short.Equals(word, StringComparison.OrdinalIgnoreCase)))
        );
        return rest.Trim(' ', ':', ',') is { Length: > 0 } left ? left : words;
    }

    /// <summary>The searches of one call. Lists without a search of their own are read once for all queries.</summary>
    private sealed class Round(
        ResearchSearch search,
        ApiAccess api,
        IReadOnlyList<ScopeRecord> scopes,
        CancellationToken cancellationToken
    ) : IDisposable
    {
        private readonly SemaphoreSlim places = new(MaxAtOnce);
        private readonly ConcurrentDictionary<(string, string?), Listed> lists = new();

        public async Task<IReadOnlyList<Found>> SearchAsync(string query)
        {
            var found = await SearchAsync(query, isLast: false).ConfigureAwait(false);
            return found.Any(item => item.Results.Count > 0)
                ? found
                : [.. found, .. await SearchAsync(query, isLast: true).ConfigureAwait(false)];
        }

        public void Dispose() => places.Dispose();

        private async Task<Found[]> SearchAsync(string query, bool isLast) =>
            await Task.WhenAll(
                    search
                        .Sources.Sources.Where(source => source.IsLast == isLast)
                        .SelectMany(source =>
                            search.IsScoped(source)
                                ? scopes.Take(MaxScopes).Select(scope => SearchAsync(source, scope, query))
                                : [SearchAsync(source, null, query)]
                        )
                )
                .ConfigureAwait(false);

        private async Task<Found> SearchAsync(ResearchSource source, ScopeRecord? scope, string query)
        {
            await places.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                var listed = await ListAsync(source, scope, query).ConfigureAwait(false);
                // A failure in one company, such as a missing permission, must not hide the results of the others.
                return listed.Failed is null
                    ? Results(source, scope, listed.Items, query)
                    : new(NameOf(source, scope), [])
                    {
                        Refused = IsSuccess(listed.Failed) ? null : listed.Failed,
                        IsUnreadable = IsSuccess(listed.Failed),
                    };
            }
            finally
            {
                places.Release();
            }
        }

        private async Task<Listed> ListAsync(ResearchSource source, ScopeRecord? scope, string query)
        {
            if (source.Search is not null)
            {
                return await search
                    .PageAsync(api, source, new(scope?.Id, query), cancellationToken)
                    .ConfigureAwait(false);
            }

            var key = (source.Kind, scope?.Id);
            if (!lists.TryGetValue(key, out var listed))
            {
                listed = lists[key] = await search
                    .AllPagesAsync(api, source, scope?.Id, cancellationToken)
                    .ConfigureAwait(false);
            }

            return listed;
        }
    }
}
