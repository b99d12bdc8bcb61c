using Polly.RateLimiting;
using Polly.Timeout;

namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>Converts exceptions of the resilience library into this server's own, so that only this folder depends on
/// the library.</summary>
internal sealed class CallGuard : DelegatingHandler
{
    private static readonly TimeSpan Shortly = TimeSpan.FromSeconds(1);

    /// <exception cref="CallNotSentException">The call was not sent, because of a limit or an open circuit.</exception>
    /// <exception cref="TimeoutException">The call took longer than its deadline.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (RateLimiterRejectedException exception)
        {
            // A refusal for concurrent calls gives no time to wait; a refusal for calls per minute does.
            throw new CallNotSentException(
                NotSentReason.Busy,
                exception.RetryAfter > Shortly ? exception.RetryAfter.Value : Shortly,
                exception
            );
        }
        catch (TimeoutRejectedException exception)
        {
            throw new TimeoutException(null, exception);
        }
    }
}
