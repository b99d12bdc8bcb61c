using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Caching.Memory;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Http;
using NeonPanel.Mcp.Server.ToolResults;
using NeonPanel.Mcp.Tools;
using NeonPanel.Mcp.Tools.Answers;

namespace NeonPanel.Mcp.Server.Calls.Names;

/// <summary>Values that no list contains (<see cref="LearnedSource"/>). The server learns them from the answers that
/// pass through it, and requests the first page of such answers if a value is unknown. Each token has its own
/// values.</summary>
internal sealed class LearnedValues : IDisposable
{
    /// <summary>Most values of one kind for one token and scope.</summary>
    private const int MaxValues = 1000;

    /// <summary>Most tables of values, of all callers.</summary>
    private const int MaxTables = 10_000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    // How long the server does not request again what it did not find.
    private static readonly TimeSpan LifetimeOfSearch = TimeSpan.FromMinutes(1);

    private readonly UpstreamCaller caller;
    private readonly ToolCatalog catalog;
    private readonly AuthOptions auth;
    private readonly TimeProvider time;
    private readonly FrozenDictionary<string, Lesson[]> lessons;
    private readonly MemoryCache kept = new(new MemoryCacheOptions { SizeLimit = MaxTables });

    public LearnedValues(ToolCatalog catalog, UpstreamCaller caller, AuthOptions auth, TimeProvider time)
    {
        this.caller = caller;
        this.catalog = catalog;
        this.auth = auth;
        this.time = time;
        lessons = catalog
            .Tools.SelectMany(tool => tool.Lookups)
            .Select(lookup => lookup.Source)
            .Where(source => source.Learn is not null)
            .DistinctBy(KindOf)
            .SelectMany(source =>
                source.Learn!.From.Select(place => new Lesson(source, place.Tool, place.Path.Split('.')))
            )
            .GroupBy(lesson => lesson.Tool, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
    }

    /// <summary>Learns from a successful answer.</summary>
    public void Observe(CallContext call, JsonElement arguments, RawResponse? response)
    {
        if (!lessons.TryGetValue(call.Tool.Name, out var own) || response is null || !HoldsJson(response))
        {
            return;
        }

        foreach (var lesson in own)
        {
            var scope = NameScope.Of(lesson.Source, argument =>
                arguments.TryGetProperty(argument.List, out var value) ? value : null
            );
            if (scope is not null)
            {
                Learn(lesson, TableOf(lesson.Source, scope, call.Token), response);
            }
        }
    }

    /// <summary>Finds the value for a key. If it is unknown, the server requests the first pages of the answers that
    /// contain such values.</summary>
    /// <returns>The value, or <see langword="null"/> if no answer contains it; or a failure.</returns>
    public async Task<(string? Value, ToolResult? Failure)> FindAsync(
        NameSource source,
        NameScope scope,
        string key,
        CallContext call,
        CancellationToken cancellationToken
    )
    {
        var table = TableOf(source, scope, call.Token);
        if (table.Values.TryGetValue(key, out var known))
        {
            return (known, null);
        }

        if (time.GetUtcNow().UtcTicks < Volatile.Read(ref table.SearchedUntil))
        {
            return (null, null);
        }

        ToolResult? failure = null;
        foreach (var name in source.Learn!.From.Select(place => place.Tool).Distinct())
        {
            failure = await AskAsync(name, source, scope, table, call, cancellationToken) ?? failure;
            if (table.Values.TryGetValue(key, out var learned))
            {
                return (learned, null);
            }
        }

        if (failure is null)
        {
            Volatile.Write(ref table.SearchedUntil, (time.GetUtcNow() + LifetimeOfSearch).UtcTicks);
        }

        return (null, failure);
    }

    public void Dispose() => kept.Dispose();

    private async Task<ToolResult?> AskAsync(
        string name,
        NameSource source,
        NameScope scope,
        Table table,
        CallContext call,
        CancellationToken cancellationToken
    )
    {
        catalog.TryGet(name, out var tool);
        // A tool that needs more than the scope only teaches when a caller uses it.
        if (
            tool is null
            || !tool.Hints.ReadOnly
            || tool.Arguments.Required.Any(needed => scope.Arguments.All(pair => pair.Key != needed))
            || !auth.NeededScopes(tool).All(call.Token.Scopes.Contains)
        )
        {
            return null;
        }

        var answer = await caller.SendAsync(
            call with
            {
                Tool = tool,
                Arrays = null,
            },
            new ListRequest(tool, scope, null).FirstPage(),
            cancellationToken
        );
        if (answer is { Failure: null, Response: { } response } && HoldsJson(response))
        {
            foreach (var lesson in lessons[name].Where(lesson => KindOf(lesson.Source) == KindOf(source)))
            {
                Learn(lesson, table, response);
            }
        }

        return answer.Failure;
    }

    private static void Learn(Lesson lesson, Table table, RawResponse response)
    {
        try
        {
            JsonPlaces.Read(
                AnswerCharset.ReadableJson(response).Span,
                lesson.Path,
                lesson.Source.Learn!.Key,
                lesson.Source.Learn.Value,
                (key, value) =>
                {
                    if (table.Values.Count < MaxValues || table.Values.ContainsKey(key))
                    {
                        table.Values[key] = value;
                    }
                }
            );
        }
        catch (JsonException)
        {
            // The answer is no JSON; the caller gets it as it is.
        }
    }

    private static bool HoldsJson(RawResponse response) =>
        response.StatusCode is >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices
        && response.ContentType is { } type
        && MediaType.IsJson(type);

    private Table TableOf(NameSource source, NameScope scope, AccessToken token) =>
        kept.GetOrCreate((TokenKey.Of(token), KindOf(source), scope.Key), entry =>
        {
            entry.Size = 1;
            entry.AbsoluteExpirationRelativeToNow = Lifetime;
            return new Table();
        })!;

    private static string KindOf(NameSource source) =>
        $"{source.List}\n{source.Learn!.Key}\n{source.Learn.Value}\n"
        + string.Join('\n', source.Learn.From.Select(place => $"{place.Tool} {place.Path}"));

    private sealed class Table
    {
        public ConcurrentDictionary<string, string> Values { get; } = new(StringComparer.OrdinalIgnoreCase);

        // Ticks, because a time has two words that two calls could write at once.
        public long SearchedUntil;
    }

    private sealed record Lesson(NameSource Source, string Tool, string[] Path);
}
