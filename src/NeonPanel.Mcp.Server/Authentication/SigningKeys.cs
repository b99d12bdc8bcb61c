using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using NeonPanel.Mcp.Server.Telemetry;

namespace NeonPanel.Mcp.Server.Authentication;

/// <summary>The issuer's keys (rule B4): fetched once for all who wait, again for an unknown key id, kept through an outage
/// for the cache time.</summary>
internal sealed class SigningKeys(
    AuthOptions options, HttpClient http, TimeProvider time, ILogger<SigningKeys> logger, ServerMetrics? metrics = null) : IDisposable
{
    private const int MinimumRsaBits = 2048;

    /// <summary>Pause after a fetch for an unknown key id, so that a flood of them costs nothing.</summary>
    private static readonly TimeSpan CoolDown = TimeSpan.FromSeconds(5);

    /// <summary>Part of the cache time after which the keys are fetched again in the background.</summary>
    private const double RefreshAt = 0.8;

    private readonly Lock gate = new();
    private Task fetch = Task.CompletedTask;
    private volatile KeySet current = new([], DateTimeOffset.MinValue, 0, default);
    private DateTimeOffset lastForced = DateTimeOffset.MinValue;
    private DateTimeOffset lastRefresh = DateTimeOffset.MinValue;

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

    /// <summary>Finds the keys that may have signed a token: more than one where an id is given twice (RFC 7517 §4.5).</summary>
    /// <returns>None when the issuer has no key of that id.</returns>
    /// <exception cref="KeysUnavailableException">No keys are known at all.</exception>
    public async Task<IReadOnlyList<SecurityKey>> FindAsync(string? keyId, CancellationToken cancellationToken)
    {
        if (!await TryWarmUpAsync(cancellationToken))
        {
            throw new KeysUnavailableException();
        }

        if (Match(keyId) is { Count: > 0 } keys)
        {
            RefreshAheadOfExpiry();
            return keys;
        }

        // The first token after a rotation: one fetch, shared by all who wait.
        await FetchAsync(isForced: true, cancellationToken);
        return Match(keyId);
    }

    /// <summary>Looks whether the keys still stand: the API has just refused a token that they accept. A withdrawn key is then
    /// known at once, and its tokens get the challenge on which clients refresh. It uses up no fetch for an unknown key id.</summary>
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

    private IReadOnlyList<SecurityKey> Match(string? keyId)
    {
        var keys = current.Keys;
        return keyId is not null ? [.. keys.Where(key => key.KeyId == keyId)] : keys.Count == 1 ? keys : [];
    }

    // One fetch for all who wait, and nobody's own: a client that goes away must not take it from the others.
    private Task FetchAsync(bool isForced, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (fetch.IsCompleted)
            {
                var now = time.GetUtcNow();
                if (isForced && now - lastForced < CoolDown)
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
        try
        {
            var json = await http.GetByteArrayAsync(new Uri(options.JwksUri));
            var keys = Parse(json);
            if (keys.Count > 0)
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
        catch (Exception exception) when (exception is HttpRequestException or JsonException or InvalidOperationException
            or OperationCanceledException)
        {
            metrics?.KeysFetched("failed");
            Log.KeysNotFetched(logger, options.JwksUri, exception.Message);
        }
    }

    // One bad entry is skipped alone. Only public RSA keys of a fair size and EC keys are taken; 'jwk', 'jku' and 'x5u' of a
    // token are never looked at.
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
                if (key.Use is null or "" or "sig" && !key.HasPrivateKey
                    && ((key.Kty == "RSA" && key.KeySize >= MinimumRsaBits) || key.Kty == "EC"))
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
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("keys", out var keys) && keys.ValueKind == JsonValueKind.Array
            ? keys.EnumerateArray() : default;

    private sealed record KeySet(IReadOnlyList<SecurityKey> Keys, DateTimeOffset FetchedAt, int Generation, ReadOnlyMemory<byte> Json);
}

/// <summary>No signing keys are known: neither good nor bad can be told of a token (503, not 401).</summary>
internal sealed class KeysUnavailableException : Exception;
