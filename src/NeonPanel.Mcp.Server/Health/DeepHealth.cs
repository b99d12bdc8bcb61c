using System.Net;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Upstream;

namespace NeonPanel.Mcp.Server.Health;

/// <summary>Looks at what the server depends on. Anybody may ask, so the answer is kept for some seconds and looked for
/// once for all who wait.</summary>
internal sealed class DeepHealth(SigningKeys keys, UpstreamOptions upstream, HttpClient http, TimeProvider time)
    : IDisposable
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestCheck = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim gate = new(1, 1);
    private Checks? last;
    private DateTimeOffset lastAt;

    /// <summary>Gets the state of the two, not older than ten seconds.</summary>
    public async Task<Checks> CheckAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (last is null || time.GetUtcNow() - lastAt >= KeptFor)
            {
                // Who asks may go away; the next one wants the answer too.
                using var deadline = new CancellationTokenSource(LongestCheck);
                var (jwks, api) = (JwksAsync(deadline.Token), UpstreamAsync(deadline.Token));
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

    // Without a credential: any answer shows that somebody is there.
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

/// <summary>A word for each: <c>ok</c>, <c>unavailable</c> (no keys), <c>unreachable</c>, <c>failing</c> (5xx) or
/// <c>timeout</c>.</summary>
internal sealed record Checks(string Jwks, string Upstream);
