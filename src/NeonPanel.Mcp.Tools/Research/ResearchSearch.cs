using System.Net;
using System.Text.Json;
using NeonPanel.Client.Requests;

namespace NeonPanel.Mcp.Tools.Research;

/// <summary>Searches all sources in parallel, within limits, and returns what each of them found.</summary>
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
        var words = arguments.GetProperty("query").GetString()!.Trim();
        List<(string Id, string Name)> scopes = [];
        if (Sources.Scope is { } scope)
        {
            var answer = await ListAsync(scope, http, configure, null, null, 1, cancellationToken)
                .ConfigureAwait(false);
            if (!IsSuccess(answer))
            {
                return answer;
            }

            if (ItemsOf(scope, answer) is not { } items)
            {
                return answer; // The caller reports what the answer is instead of JSON.
            }

            scopes =
            [
                .. items
                    .Select(item => (Text(item, scope.Id) ?? "", Text(item, scope.Title) ?? ""))
                    .Where(pair => pair.Item1.Length > 0),
            ];
            if (scopes.Where(pair => IsNamed(pair.Name, words)).ToList() is { Count: > 0 } named)
            {
                scopes = named;
                words = Without(words, named.Select(pair => pair.Name));
            }
        }

        using var places = new SemaphoreSlim(MaxAtOnce);
        var asked = Sources
            .Sources.SelectMany(source =>
                (IsScoped(source) ? scopes.Take(MaxScopes).Select(pair => pair.Id) : [null!]).Select(id =>
                    FindAsync(source, id)
                )
            )
            .ToList();
        var found = await Task.WhenAll(asked).ConfigureAwait(false);
        if (
            Array.Find(found, item => item.Refused?.StatusCode == HttpStatusCode.Unauthorized)?.Refused is
            { } unauthorized
        )
        {
            return unauthorized;
        }

        var notices = Notices(scopes.Count, found);

        return Json(HttpStatusCode.OK, writer =>
        {
            writer.WriteStartArray("results");
            foreach (var (id, title, url) in found.SelectMany(item => item.Results).Take(MaxResults))
            {
                writer.WriteStartObject();
                writer.WriteString("id", id);
                writer.WriteString("title", title);
                writer.WriteString("url", url);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            if (notices.Count > 0)
            {
                writer.WriteString("notice", string.Join(' ', notices));
            }
        });

        async Task<Found> FindAsync(ResearchSource source, string? scopeId)
        {
            await places.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                var answer = await ListAsync(source, http, configure, scopeId, words, 1, cancellationToken)
                    .ConfigureAwait(false);
                // A failure in one company, such as a missing permission, must not hide the results of the others.
                if (!IsSuccess(answer))
                {
                    return new(source.Kind, [], answer, IsUnreadable: false);
                }

                var results = Results(source, scopeId, answer, words);
                return new(source.Kind, results ?? [], null, IsUnreadable: results is null);
            }
            finally
            {
                places.Release();
            }
        }
    }

    private List<(string Id, string Title, string Url)>? Results(
        ResearchSource source,
        string? scope,
        RawResponse answer,
        string words
    )
    {
        if (ItemsOf(source, answer) is not { } items)
        {
            return null;
        }

        var results = new List<(string, string, string)>();
        foreach (var item in items)
        {
            var title = Text(item, source.Title) ?? "";
            if (Text(item, source.Id) is { Length: > 0 } id && (source.Search is not null || IsAbout(title, words)))
            {
                results.Add((IdOf(source, scope, id), $"{source.Kind}: {title}", UrlOf(item)));
            }
        }

        return [.. results.Take(MaxPerSource)];
    }

    private static bool IsAbout(string title, string words) =>
        words
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Any(word => title.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>The results of one source.</summary>
    /// <param name="Refused">The answer if the call failed, otherwise <see langword="null"/>.</param>
    /// <param name="IsUnreadable">Whether the answer is not JSON.</param>
    private sealed record Found(
        string Kind,
        List<(string Id, string Title, string Url)> Results,
        RawResponse? Refused,
        bool IsUnreadable
    );

    private static List<string> Notices(int scopes, Found[] found)
    {
        var notices = new List<string>();
        if (scopes > MaxScopes)
        {
            notices.Add(
                $"Only the first {MaxScopes} of {scopes} were searched; name one among the words to look there alone."
            );
        }

        var unreadable = found.Where(item => item.IsUnreadable).Select(item => item.Kind).Distinct().ToList();
        if (unreadable.Count > 0)
        {
            notices.Add(
                "Records of these kinds could not all be searched, because the API answered with invalid JSON: "
                    + $"{string.Join(", ", unreadable)}."
            );
        }

        return notices;
    }

    private static bool IsNamed(string name, string words) =>
        name.Length > 0 && words.Contains(name, StringComparison.OrdinalIgnoreCase);

    // If the words are only the name of a scope, the search is for the scope itself.
    private static string Without(string words, IEnumerable<string> names)
    {
        var rest = names
            .Aggregate(words, (text, name) => text.Replace(name, "", StringComparison.OrdinalIgnoreCase))
            .Trim(' ', ':', ',');
        return rest.Length > 0 ? rest : words;
    }
}
