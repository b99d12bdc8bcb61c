using Microsoft.Extensions.Http.Resilience;
using NeonPanel.Client.Requests;
using Polly;

namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>The steps between the breaker and the wire, outermost first: places, deadline, repetition (rules D5, A9,
/// F3; docs/decisions/0012).</summary>
internal sealed class CallPipeline(UpstreamOptions options, CallPlaces places, TimeProvider time)
{
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromSeconds(2);

    /// <summary>Gets the pipeline that all calls share. The library's registry would build one that writes two log
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
                    // Named by what may be repeated: of a method nobody knows, it is not known whether it writes.
                    arguments.Context.GetRequestMessage()?.Method == HttpMethod.Get
                        && HttpClientResiliencePredicates.IsTransient(arguments.Outcome)
                        && !IsTooLarge(arguments.Outcome.Exception)
                        // A pause longer than this is the caller's to make.
                        && !(PauseOf(arguments.Outcome.Result) > LongestRetryAfter)
                ),
        };

    private TimeSpan? PauseOf(HttpResponseMessage? response) =>
        response is null ? null : RetryAfter.Of(response, time.GetUtcNow());

    // Asked again, it would be as large.
    private static bool IsTooLarge(Exception? exception) =>
        exception is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded };
}
