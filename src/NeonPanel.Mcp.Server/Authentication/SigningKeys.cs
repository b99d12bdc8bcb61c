using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using NeonPanel.Mcp.Server.Telemetry;

namespace NeonPanel.Mcp.Server.Authentication;

/// <summary>Fetches and caches the issuer's keys (rule B4). All waiting requests share one fetch. An unknown key id
/// triggers a fetch. If the issuer fails, the last good set stays valid for the cache time.</summary>
internal sealed class SigningKeys(
    AuthOptions options,
    HttpClient http,
    TimeProvider time,
    ILogger<SigningKeys> logger,
    ServerMetrics? metrics = null
) : IDisposable
{
    private const int MinimumRsaBits = 2048;

    /// <summary>Pause after a fetch for an unknown key id, so that a flood of unknown ids does not cause a flood of
    /// fetches.</summary>
    private static readonly TimeSpan CoolDown = TimeSpan.FromSeconds(5);

    /// <summary>Pause after the first failed fetch, whatever its reason. It doubles with each further
    /// failure.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    /// <summary>Longest pause after a failed fetch. The server notices within this time that the issuer has
    /// recovered.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>Longest time for one fetch, because requests wait for it.</summary>
    private static readonly TimeSpan FetchTime = TimeSpan.FromSeconds(3);

    /// <summary>Part of the cache time after which the keys are fetched again in the background.</summary>
    private const double RefreshAt = 0.8;

    private readonly Lock gate = new();
    private Task fetch = Task.CompletedTask;
    private volatile KeySet current = new([], DateTimeOffset.MinValue, 0, default);
    private DateTimeOffset lastForced = DateTimeOffset.MinValue;
    private DateTimeOffset lastRefresh = DateTimeOffset.MinValue;
    private DateTimeOffset pauseUntil = DateTimeOffset.MinValue;
    private TimeSpan pause;

    /// <summary>Gets a number that increases whenever the set of keys changes.</summary>
    public int Generation => current.Generation;

    /// <summary>Gets whether the server has keys that are not older than the cache time.</summary>
    public bool HasKeys => current.Keys.Count > 0 && time.GetUtcNow() - current.FetchedAt < options.JwksCacheTime;

    /// <summary>Fetches the keys if the server has none.</summary>
    /// <returns>Whether the server has keys now.</returns>
    public async Task<bool> TryWarmUpAsync(CancellationToken cancellationToken)
    {
        if (!HasKeys)
        {
            await FetchAsync(isForced: false, cancellationToken);
        }

        return HasKeys;
    }

    /// <summary>Finds the keys that may have signed a token. There may be several keys with one id (RFC 7517
    /// §4.5).</summary>
    /// <returns>An empty list if the issuer has no key with that id.</returns>
    /// <exception cref="KeysUnavailableException">The server has no keys at all.</exception>
    public async Task<MatchingKeys> FindAsync(string? keyId, CancellationToken cancellationToken)
    {
        if (!await TryWarmUpAsync(cancellationToken))
        {
            throw new KeysUnavailableException(RestOfPause());
        }

        if (Match(keyId) is { Keys.Count: > 0 } found)
        {
            RefreshAheadOfExpiry();
            return found;
        }

        // The first token after a key rotation triggers one fetch. All waiting requests share it.
        await FetchAsync(isForced: true, cancellationToken);
        return Match(keyId);
    }

    /// <summary>Fetches the keys again after the API rejected a token that they accept. If the issuer withdrew the key,
    /// the server knows at once, and tokens signed with it get the challenge that makes clients renew them. This fetch
    /// does not count as a fetch for an unknown key id.</summary>
    public async Task RecheckAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now - lastRefresh >= CoolDown)
        {
            lastRefresh = now;
            await FetchAsync(isForced: false, cancellationToken);
        }
    }

    // No request waits for this fetch: the last good set is used until the new set arrives or the old one is too old.
    private void RefreshAheadOfExpiry()
    {
        var now = time.GetUtcNow();
        if (now - current.FetchedAt < options.JwksCacheTime * RefreshAt || now - lastRefresh < CoolDown)
        {
            return;
        }

        lastRefresh = now;
        _ = FetchAsync(isForced: false, CancellationToken.None);
    }

    public void Dispose() => http.Dispose();

    private MatchingKeys Match(string? keyId)
    {
        var set = current;
        if (keyId is not null)
        {
            return new([.. set.Keys.Where(key => key.KeyId == keyId)], set.Generation);
        }

        return new(set.Keys.Count == 1 ? set.Keys : [], set.Generation);
    }

    // Never zero, because the pause may end while the response is written.
    private TimeSpan RestOfPause()
    {
        lock (gate)
        {
            var rest = pauseUntil - time.GetUtcNow();
            return rest > FirstPause ? rest : FirstPause;
        }
    }

    // All waiting requests share one fetch. Cancelling one request does not cancel it.
    private Task FetchAsync(bool isForced, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (fetch.IsCompleted)
            {
                var now = time.GetUtcNow();
                if (now < pauseUntil || (isForced && now - lastForced < CoolDown))
                {
                    return Task.CompletedTask;
                }

                lastForced = isForced ? now : lastForced;
                fetch = FetchAsync(now);
            }

            return fetch.WaitAsync(cancellationToken);
        }
    }

    private async Task FetchAsync(DateTimeOffset now)
    {
        var hasKeys = false;
        using var patience = new CancellationTokenSource(FetchTime, time);
        try
        {
            var json = await http.GetByteArrayAsync(new Uri(options.JwksUri), patience.Token);
            var keys = Parse(json);
            hasKeys = keys.Count > 0;
            if (hasKeys)
            {
                var isSame = json.AsSpan().SequenceEqual(current.Json.Span);
                current = new(keys, now, isSame ? current.Generation : current.Generation + 1, json);
                metrics?.KeysFetched(isSame ? KeyFetchOutcome.Unchanged : KeyFetchOutcome.Changed);
                Log.KeysFetched(logger, keys.Count);
            }
            else
            {
                metrics?.KeysFetched(KeyFetchOutcome.NoKeys);
                Log.NoKeys(logger, options.JwksUri);
            }
        }
        catch (Exception exception)
            when (exception
                    is HttpRequestException
                        or JsonException
                        or InvalidOperationException
                        or OperationCanceledException
            )
        {
            metrics?.KeysFetched(KeyFetchOutcome.Failed);
            var reason = patience.IsCancellationRequested
                ? $"no complete answer within {FetchTime.TotalSeconds} s"
                : exception.Message;
            Log.KeysNotFetched(logger, options.JwksUri, reason);
        }
        finally
        {
            PauseAfter(hasKeys);
        }
    }

    private void PauseAfter(bool hasKeys)
    {
        lock (gate)
        {
            if (hasKeys)
            {
                pause = TimeSpan.Zero;
                return;
            }

            pause = pause == TimeSpan.Zero ? FirstPause : pause * 2;
            pause = pause < LongestPause ? pause : LongestPause;
            pauseUntil = time.GetUtcNow() + pause;
        }
    }

    // Skips a bad entry and keeps the others. Accepts only public RSA keys of 2048 bits or more and EC keys. The
    // headers 'jwk', 'jku' and 'x5u' of a token are never used.
    /// <exception cref="JsonException">The bytes are not JSON.</exception>
    public static IReadOnlyList<SecurityKey> Parse(byte[] json)
    {
        var keys = new List<SecurityKey>();
        using var document = JsonDocument.Parse(json);
        foreach (var entry in Entries(document.RootElement))
        {
            try
            {
                var key = new JsonWebKey(entry.GetRawText());
                // Every private key has 'd' (RFC 7518 §6.2.2, §6.3.2). HasPrivateKey also requires the primes, which
                // are optional.
                if (
                    key.Use is null or "" or "sig"
                    && string.IsNullOrEmpty(key.D)
                    && ((key.Kty == "RSA" && key.KeySize >= MinimumRsaBits) || key.Kty == "EC")
                )
                {
                    keys.Add(key);
                }
            }
            catch (Exception exception) when (exception is ArgumentException or FormatException or JsonException)
            {
                // Skip this key; the other keys of the set still count.
            }
        }

        return keys;
    }

    private static JsonElement.ArrayEnumerator Entries(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object
        && root.TryGetProperty("keys", out var keys)
        && keys.ValueKind == JsonValueKind.Array
            ? keys.EnumerateArray()
            : default;

    private sealed record KeySet(
        IReadOnlyList<SecurityKey> Keys,
        DateTimeOffset FetchedAt,
        int Generation,
        ReadOnlyMemory<byte> Json
    );
}

/// <summary>Keys that may have signed a token.</summary>
/// <param name="Generation">The generation of the set that contains the keys.</param>
internal sealed record MatchingKeys(IReadOnlyList<SecurityKey> Keys, int Generation);

/// <summary>The server has no signing keys, so it cannot validate a token. The response is 503, not 401.</summary>
/// <param name="retryAfter">How long until the server fetches the keys again: at least one second.</param>
internal sealed class KeysUnavailableException(TimeSpan retryAfter) : Exception
{
    public TimeSpan RetryAfter => retryAfter;
}
