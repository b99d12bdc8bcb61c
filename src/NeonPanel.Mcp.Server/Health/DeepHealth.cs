using System.Net;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Upstream;

namespace NeonPanel.Mcp.Server.Health;

/// <summary>Checks the issuer's keys and the API, on which the server depends. Anybody may request this check, so the
/// server caches the result for some seconds and all waiting requests share one check.</summary>
internal sealed class DeepHealth(SigningKeys keys, UpstreamOptions upstream, HttpClient http, TimeProvider time)
    : IDisposable
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestCheck = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim gate = new(1, 1);
    private Checks? last;
    private DateTimeOffset lastAt;

    /// <summary>Returns the state of both, at most ten seconds old.</summary>
    public async Task<Checks> CheckAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (last is null || time.GetUtcNow() - lastAt >= KeptFor)
            {
                // Not cancelled with the request that started it, because other requests may wait for the same result.
                using var deadline = new CancellationTokenSource(LongestCheck);
                var jwks = JwksAsync(deadline.Token);
                var api = UpstreamAsync(deadline.Token);
                last = new(await jwks, await api);
                lastAt = time.GetUtcNow();
            }

            return last;
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose()
    {
        gate.Dispose();
        http.Dispose();
    }

    private async Task<string> JwksAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await keys.TryWarmUpAsync(cancellationToken) ? "ok" : "unavailable";
        }
        catch (OperationCanceledException)
        {
            return "timeout";
        }
    }

    // Sends no credential: any response shows that the API is reachable.
    private async Task<string> UpstreamAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, upstream.BaseAddress);
            using var response = await http.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                cancellationToken
            );
            return response.StatusCode >= HttpStatusCode.InternalServerError ? "failing" : "ok";
        }
        catch (HttpRequestException)
        {
            return "unreachable";
        }
        catch (OperationCanceledException)
        {
            return "timeout";
        }
    }
}

/// <summary>The state of each dependency: <c>ok</c>, <c>unavailable</c> (no keys), <c>unreachable</c>, <c>failing</c>
/// (5xx) or <c>timeout</c>.</summary>
internal sealed record Checks(string Jwks, string Upstream);
