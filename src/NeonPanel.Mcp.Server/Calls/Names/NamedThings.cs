using Microsoft.Extensions.Caching.Memory;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.ToolResults;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Calls.Names;

/// <summary>The names that each token may look up. They are requested with that token's own rights and cached for a few
/// minutes.</summary>
internal sealed class NamedThings(ToolCatalog catalog, NamedListReader reader, AuthOptions auth, TimeProvider time)
    : IDisposable
{
    /// <summary>Size of all cached lists in characters: about 20 MB, because a character takes two bytes.</summary>
    private const int MaxKeptSize = 10_000_000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    // A search finds a thing that was just created, so its result is kept for a shorter time.
    private static readonly TimeSpan LifetimeOfSearch = TimeSpan.FromMinutes(1);

    // How long a failure is cached, so that parallel calls and immediate retries do not repeat the request.
    private static readonly TimeSpan LifetimeOfFailure = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly Dictionary<Key, SharedLookup> running = [];
    private readonly MemoryCache kept = new(new MemoryCacheOptions { SizeLimit = MaxKeptSize });

    /// <summary>Returns a list of names.</summary>
    /// <remarks>All calls with one token that need the same list share one lookup. Lookups of different tokens are
    /// independent. The lookup is cancelled when the last call that waits for it leaves.</remarks>
    public async Task<NamedList> ListAsync(NameQuery query, CallContext call, CancellationToken cancellationToken)
    {
        var token = call.Token;
        var source = query.Source;
        catalog.TryGet(source.List, out var tool);
        if (!auth.NeededScopes(tool).All(token.Scopes.Contains))
        {
            return new(
                [],
                Failure: ToolResult.Failure(
                    $"{source.List} needs a scope that the sign-in does not grant; send the {NameTexts.Value(source)} itself."
                )
            );
        }

        var key = new Key(
            TokenKey.Of(token),
            source.List,
            source.Items,
            source.Value,
            string.Join('\n', source.Match.Concat(source.Distinguish)),
            query.Scope.Key,
            query.Text,
            query.MaxPages
        );
        SharedLookup? shared;
        lock (gate)
        {
            if (
                kept.TryGetValue(key, out (NamedList List, DateTimeOffset Until) known)
                && time.GetUtcNow() < known.Until
            )
            {
                return known.List;
            }

            if (!running.TryGetValue(key, out shared))
            {
                var lookupOfKey = running[key] = shared = new();
                // The lookup may outlive the call that starts it, and with it the arrays of that call.
                var request = call with { Tool = tool!, Arrays = null };
                shared.Start(
                    cancelled => reader.ReadAsync(request, query, cancelled),
                    list => End(key, lookupOfKey, list)
                );
            }

            shared.Enter();
        }

        try
        {
            return await shared.Result.WaitAsync(cancellationToken);
        }
        finally
        {
            lock (gate)
            {
                if (shared.Leave())
                {
                    Forget(key, shared);
                }
            }
        }
    }

    public void Dispose() => kept.Dispose();

    // Without a list, the lookup was cancelled or met a defect of the server, which its callers report.
    private void End(Key key, SharedLookup lookup, NamedList? list)
    {
        lock (gate)
        {
            Forget(key, lookup);
            lookup.Dispose();
            if (list is not null)
            {
                var lifetime = LifetimeOf(key, list);
                kept.Set(
                    key,
                    (list, time.GetUtcNow() + lifetime),
                    new MemoryCacheEntryOptions { Size = list.Size, AbsoluteExpirationRelativeToNow = lifetime }
                );
            }
        }
    }

    private static TimeSpan LifetimeOf(Key key, NamedList list)
    {
        if (list.Failure is not null)
        {
            return LifetimeOfFailure;
        }

        return key.Text is null ? Lifetime : LifetimeOfSearch;
    }

    // After a cancellation, a new lookup may already have taken its place.
    private void Forget(Key key, SharedLookup lookup)
    {
        if (running.GetValueOrDefault(key) == lookup)
        {
            running.Remove(key);
        }
    }

    private readonly record struct Key(
        string TokenHash,
        string List,
        string Items,
        string Value,
        string Match,
        string Scope,
        string? Text,
        int MaxPages
    );
}
