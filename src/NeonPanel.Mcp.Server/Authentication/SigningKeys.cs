using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using NeonPanel.Mcp.Server.Telemetry;

namespace NeonPanel.Mcp.Server.Authentication;

/// <summary>The issuer's keys (rule B4). All waiting requests share one fetch. An unknown key id causes another fetch.
/// The last good set survives an outage of the issuer for the cache time.</summary>
internal sealed class SigningKeys(
    AuthOptions options,
    HttpClient http,
    TimeProvider time,
    ILogger<SigningKeys> logger,
    ServerMetrics? metrics = null
) : IDisposable
{
    private const int MinimumRsaBits = 2048;

    /// <summary>Pause after a fetch for an unknown key id, so that a flood of them costs nothing.</summary>
    private static readonly TimeSpan CoolDown = TimeSpan.FromSeconds(5);

    /// <summary>Pause after a first failed fetch, whatever asks for the keys. It doubles with each further
    /// failure.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    /// <summary>Longest pause after a failed fetch: so soon the server notices that the issuer has recovered.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>Part of the cache time after which the keys are fetched again in the background.</summary>
    private const double RefreshAt = 0.8;

    private readonly Lock gate = new();
    private Task fetch = Task.CompletedTask;
    private volatile KeySet current = new([], DateTimeOffset.MinValue, 0, default);
    private DateTimeOffset lastForced = DateTimeOffset.MinValue;
    private DateTimeOffset lastRefresh = DateTimeOffset.MinValue;
    private DateTimeOffset pauseUntil = DateTimeOffset.MinValue;
    private TimeSpan pause;

    /// <summary>Gets a number that changes with the set of keys.</summary>
    public int Generation => current.Generation;

    /// <summary>Gets whether keys are known and not older than the cache time.</summary>
    public bool HasKeys => current.Keys.Count > 0 && time.GetUtcNow() - current.FetchedAt < options.JwksCacheTime;

    /// <summary>Fetches the keys when none are known, and tells whether some are now.</summary>
    public async Task<bool> TryWarmUpAsync(CancellationToken cancellationToken)
    {
        if (!HasKeys)
        {
            await FetchAsync(isForced: false, cancellationToken);
        }

        return HasKeys;
    }

    /// <summary>Finds the keys that may have signed a token: more than one where an id is given twice (RFC 7517
    /// §4.5).</summary>
    /// <returns>No keys when the issuer has none of that id.</returns>
    /// <exception cref="KeysUnavailableException">No keys are known at all.</exception>
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

        // The first token after a rotation: one fetch, shared by all who wait.
        await FetchAsync(isForced: true, cancellationToken);
        return Match(keyId);
    }

    /// <summary>Looks whether the keys still stand: the API has just refused a token that they accept. A withdrawn key
    /// is then known at once, and its tokens get the challenge on which clients refresh. It uses up no fetch for an
    /// unknown key id.</summary>
    public async Task RecheckAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now - lastRefresh >= CoolDown)
        {
            lastRefresh = now;
            await FetchAsync(isForced: false, cancellationToken);
        }
    }

    // Nobody waits: the last good set serves until the new one is there, or until it is too old.
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

    // Never zero: the pause may end while the answer is written.
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
        try
        {
            var json = await http.GetByteArrayAsync(new Uri(options.JwksUri));
            var keys = Parse(json);
            hasKeys = keys.Count > 0;
            if (hasKeys)
            {
                var isSame = json.AsSpan().SequenceEqual(current.Json.Span);
                current = new(keys, now, isSame ? current.Generation : current.Generation + 1, json);
                metrics?.KeysFetched(isSame ? "unchanged" : "changed");
                Log.KeysFetched(logger, keys.Count);
            }
            else
            {
                metrics?.KeysFetched("no_keys");
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
            metrics?.KeysFetched("failed");
            Log.KeysNotFetched(logger, options.JwksUri, exception.Message);
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

    // One bad entry is skipped alone. Only public RSA keys of a fair size and EC keys are taken; 'jwk', 'jku' and 'x5u'
    // of a token are never looked at.
    /// <exception cref="JsonException">The bytes are no JSON.</exception>
    public static IReadOnlyList<SecurityKey> Parse(byte[] json)
    {
        var keys = new List<SecurityKey>();
        using var document = JsonDocument.Parse(json);
        foreach (var entry in Entries(document.RootElement))
        {
            try
            {
                var key = new JsonWebKey(entry.GetRawText());
                // Every private key has 'd' (RFC 7518 §6.2.2, §6.3.2). HasPrivateKey also asks for the primes, which
                // may be absent.
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
                // skipped: the rest of the set still counts
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
/// <param name="Generation">The generation of the set that holds them.</param>
internal sealed record MatchingKeys(IReadOnlyList<SecurityKey> Keys, int Generation);

/// <summary>No signing keys are known, so that a token cannot be judged (503, not 401).</summary>
/// <param name="retryAfter">How long until the server fetches the keys again, at least a second.</param>
internal sealed class KeysUnavailableException(TimeSpan retryAfter) : Exception
{
    public TimeSpan RetryAfter => retryAfter;
}
