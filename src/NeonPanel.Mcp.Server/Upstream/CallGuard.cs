using Polly.RateLimiting;
using Polly.Timeout;

namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>Turns the refusals of the resilience library into exceptions of our own, so that no other
/// room depends on the library.</summary>
internal sealed class CallGuard : DelegatingHandler
{
    private static readonly TimeSpan Shortly = TimeSpan.FromSeconds(1);

    /// <exception cref="CallNotSentException">The call was held back.</exception>
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
            // The places have no time of their own; the allowance of a minute has.
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
