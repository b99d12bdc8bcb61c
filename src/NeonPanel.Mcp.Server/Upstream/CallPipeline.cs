using Microsoft.Extensions.Http.Resilience;
using NeonPanel.Client.Requests;
using Polly;

namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>The steps between the breaker and the HTTP request, outermost first: limits, deadline, retries (rules D5,
/// A9, F3; docs/decisions/0012).</summary>
internal sealed class CallPipeline(UpstreamOptions options, CallPlaces places, TimeProvider time)
{
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromSeconds(2);

    /// <summary>Gets the pipeline that all calls share. The library's registry would create one that writes two log
    /// lines for each call.</summary>
    public ResiliencePipeline<HttpResponseMessage> Pipeline => field ??= Build();

    private ResiliencePipeline<HttpResponseMessage> Build()
    {
        var pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time };
        pipeline.AddRateLimiter(
            new HttpRateLimiterStrategyOptions
            {
                RateLimiter = arguments => ValueTask.FromResult(places.Enter(arguments.Context.GetRequestMessage())),
            }
        );
        pipeline.AddTimeout(new HttpTimeoutStrategyOptions { Timeout = options.CallTimeout });
        if (options.Retries > 0)
        {
            pipeline.AddRetry(Retry());
        }

        return pipeline.Build();
    }

    private HttpRetryStrategyOptions Retry() =>
        new()
        {
            MaxRetryAttempts = options.Retries,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromMilliseconds(200),
            UseJitter = true,
            ShouldRetryAfterHeader = false,
            DelayGenerator = arguments => ValueTask.FromResult(PauseOf(arguments.Outcome.Result)),
            ShouldHandle = arguments =>
                ValueTask.FromResult(
                    // A list of what may be repeated, not of what may not: an unknown method might write.
                    arguments.Context.GetRequestMessage()?.Method == HttpMethod.Get
                        && HttpClientResiliencePredicates.IsTransient(arguments.Outcome)
                        && !IsTooLarge(arguments.Outcome.Exception)
                        // The caller must wait for a longer pause itself.
                        && !(PauseOf(arguments.Outcome.Result) > LongestRetryAfter)
                ),
        };

    private TimeSpan? PauseOf(HttpResponseMessage? response) =>
        response is null ? null : RetryAfter.Of(response, time.GetUtcNow());

    // A retry would return the same large response.
    private static bool IsTooLarge(Exception? exception) =>
        exception is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded };
}
