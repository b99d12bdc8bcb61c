using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Timeout;

namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>Outermost of a call's handlers: says in our own words what the resilience library refused, so that no other room
/// has to know it.</summary>
internal sealed class CallGuard : DelegatingHandler
{
    private static readonly TimeSpan Shortly = TimeSpan.FromSeconds(1);

    /// <exception cref="CallNotSentException">The call was held back.</exception>
    /// <exception cref="TimeoutException">The call took longer than its deadline.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (BrokenCircuitException exception)
        {
            // Without a time when one call is on its way to see whether the API is well again.
            throw new CallNotSentException(NotSentReason.Paused, exception.RetryAfter > Shortly ? exception.RetryAfter.Value : Shortly, exception);
        }
        catch (RateLimiterRejectedException exception)
        {
            throw new CallNotSentException(NotSentReason.Busy, Shortly, exception);
        }
        catch (TimeoutRejectedException exception)
        {
            throw new TimeoutException(null, exception);
        }
    }
}
