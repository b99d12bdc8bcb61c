using Microsoft.Extensions.Http.Resilience;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Server.Telemetry;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>What stands between a call and the wire, outermost first: places, breaker, deadline, repetition (rules D5, A9, F3;
/// docs/decisions/0012).</summary>
internal sealed class CallPipeline(UpstreamOptions options, CallPlaces places, UpstreamPulse pulse, ServerMetrics metrics, TimeProvider time)
{
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromSeconds(2);

    /// <summary>Gets the one pipeline, with one breaker. It is built here and not by the library's registry, which would write two log
    /// lines for each call.</summary>
    public ResiliencePipeline<HttpResponseMessage> Pipeline => field ??= Build();

    private ResiliencePipeline<HttpResponseMessage> Build()
    {
        var pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time };
        pipeline.AddRateLimiter(new HttpRateLimiterStrategyOptions
        {
            RateLimiter = arguments => ValueTask.FromResult(places.Enter(arguments.Context.GetRequestMessage())),
        });
        pipeline.AddCircuitBreaker(Breaker());
        pipeline.AddTimeout(new HttpTimeoutStrategyOptions { Timeout = options.CallTimeout });
        if (options.Retries > 0)
        {
            pipeline.AddRetry(Retry());
        }

        return pipeline.Build();
    }

    private HttpCircuitBreakerStrategyOptions Breaker()
    {
        var state = new CircuitBreakerStateProvider();
        metrics.WatchBreaker(() => state.CircuitState switch { CircuitState.Closed => 0, CircuitState.HalfOpen => 1, _ => 2 });
        return new()
        {
            FailureRatio = 0.5,
            MinimumThroughput = 10,
            SamplingDuration = TimeSpan.FromSeconds(30),
            BreakDuration = TimeSpan.FromSeconds(15),
            StateProvider = state,
            ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome switch
            {
                // A refusal is an answer: 4xx, 429 among them, tells of a user's call and not of the API. 501 and 505 too.
                { Result: { } answer } => (int)answer.StatusCode is 500 or 502 or 503 or 504,
                { Exception: HttpRequestException exception } => !IsTooLarge(exception),
                { Exception: TimeoutRejectedException } => state.CircuitState == CircuitState.HalfOpen
                    || pulse.IsMissing(SubjectOf(arguments.Context), options.CallTimeout),
                // The client that left has not learnt whether the API is well again.
                { Exception: OperationCanceledException } => state.CircuitState == CircuitState.HalfOpen,
                _ => false,
            }),
        };
    }

    private HttpRetryStrategyOptions Retry() => new()
    {
        MaxRetryAttempts = options.Retries,
        BackoffType = DelayBackoffType.Exponential,
        Delay = TimeSpan.FromMilliseconds(200),
        UseJitter = true,
        ShouldRetryAfterHeader = false,
        DelayGenerator = arguments => ValueTask.FromResult(PauseOf(arguments.Outcome.Result)),
        ShouldHandle = arguments => ValueTask.FromResult(
            // Named by what may be repeated: of a method nobody knows, it is not known whether it writes.
            arguments.Context.GetRequestMessage()?.Method == HttpMethod.Get
            && HttpClientResiliencePredicates.IsTransient(arguments.Outcome)
            && !IsTooLarge(arguments.Outcome.Exception)
            // A pause longer than this is the caller's to make.
            && !(PauseOf(arguments.Outcome.Result) > LongestRetryAfter)),
    };

    private TimeSpan? PauseOf(HttpResponseMessage? response) => response is null ? null : RetryAfter.Of(response, time.GetUtcNow());

    private static string SubjectOf(ResilienceContext context) =>
        context.GetRequestMessage()?.Options.TryGetValue(CallPlaces.Subject, out var subject) == true ? subject : "";

    // Asked again, it would be as large.
    private static bool IsTooLarge(Exception? exception) =>
        exception is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded };
}
