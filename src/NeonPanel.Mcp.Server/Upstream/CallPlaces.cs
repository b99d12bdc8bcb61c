using System.Threading.RateLimiting;
using NeonPanel.Mcp.Server.Settings;

namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>Limits the requests to the API (rule F3). One user gets at most half of the concurrent requests, and at
/// most <see cref="UpstreamOptions.RequestsPerMinutePerUser"/> requests per minute; one call of <c>search</c> sends up
/// to 400. Calls are not queued, because a waiting call uses memory and delays its user.</summary>
internal sealed class CallPlaces(UpstreamOptions options) : IDisposable
{
    /// <summary>Request option that names the user of a call.</summary>
    public static readonly HttpRequestOptionsKey<string> Subject = new("subject");

    private readonly PartitionedRateLimiter<string> places = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<string, string>(subject =>
            Places(subject, Math.Max(1, options.MaxConnections / 2))
        ),
        PartitionedRateLimiter.Create<string, string>(_ => Places("all", options.MaxConnections)),
        PartitionedRateLimiter.Create<string, string>(subject => Requests(subject, options.RequestsPerMinutePerUser))
    );

    /// <summary>Reserves a place. The caller disposes the lease when it has read the response.</summary>
    public RateLimitLease Enter(HttpRequestMessage? request) => places.AttemptAcquire(SubjectOf(request));

    /// <summary>Returns the user of a call; the empty string for a request without a user.</summary>
    public static string SubjectOf(HttpRequestMessage? request) =>
        request?.Options.TryGetValue(Subject, out var subject) == true ? subject : "";

    public void Dispose() => places.Dispose();

    private static RateLimitPartition<string> Places(string key, int count) =>
        RateLimitPartition.GetConcurrencyLimiter(key, _ => new() { PermitLimit = count, QueueLimit = 0 });

    private static RateLimitPartition<string> Requests(string key, int perMinute) =>
        RateLimitPartition.GetTokenBucketLimiter(key, _ => MinuteBucket.OptionsOf(perMinute));
}
