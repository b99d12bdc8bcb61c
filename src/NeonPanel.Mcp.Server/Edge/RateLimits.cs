using System.Globalization;
using System.Threading.RateLimiting;

namespace NeonPanel.Mcp.Server.Edge;

/// <summary>Who has asked for how much (rule F3): a bucket of tokens and a number of places for each user, and a bucket for
/// each address that has no good token.</summary>
internal sealed class RateLimits(LimitOptions options) : IDisposable
{
    private readonly PartitionedRateLimiter<string> users = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<string, string>(subject => Bucket(subject, options.CallsPerMinutePerUser)),
        PartitionedRateLimiter.Create<string, string>(subject => RateLimitPartition.GetConcurrencyLimiter(
            subject, _ => new() { PermitLimit = options.ConcurrentCallsPerUser, QueueLimit = 0 })));

    private readonly PartitionedRateLimiter<string> addresses =
        PartitionedRateLimiter.Create<string, string>(address => Bucket(address, options.AnonymousRequestsPerMinute));

    /// <summary>Takes a place for a user's call; to be given back when the call ends.</summary>
    public RateLimitLease EnterUser(string subject) => users.AttemptAcquire(subject);

    /// <summary>Counts a request without a good token.</summary>
    public RateLimitLease EnterAnonymous(HttpContext context) =>
        addresses.AttemptAcquire(context.Connection.RemoteIpAddress?.ToString() ?? "unknown");

    /// <summary>Gets how long to wait after a refusal, in whole seconds, at least one.</summary>
    public static double SecondsToWait(RateLimitLease lease) =>
        lease.TryGetMetadata(MetadataName.RetryAfter, out var pause) ? Math.Max(1, Math.Ceiling(pause.TotalSeconds)) : 1;

    /// <summary>Answers 429 (RFC 6585 §4) with the seconds to wait.</summary>
    public static Task RefuseAsync(HttpContext context, RateLimitLease lease)
    {
        var seconds = SecondsToWait(lease);
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(
            $$"""{"error":"too_many_requests","error_description":"Too many requests; ask again in {{seconds}} s."}""", context.RequestAborted);
    }

    public void Dispose()
    {
        users.Dispose();
        addresses.Dispose();
    }

    // Filled evenly, so that a pause of a second buys a second's worth.
    private static RateLimitPartition<string> Bucket(string key, int perMinute)
    {
        const int secondsPerMinute = 60;
        var perSecond = perMinute / secondsPerMinute;
        return RateLimitPartition.GetTokenBucketLimiter(key, _ => new()
        {
            TokenLimit = perMinute,
            TokensPerPeriod = Math.Max(1, perSecond),
            ReplenishmentPeriod = perSecond > 0 ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds((double)secondsPerMinute / perMinute),
            QueueLimit = 0,
            AutoReplenishment = true,
        });
    }
}
