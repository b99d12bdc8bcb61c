using System.Threading.RateLimiting;

namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>How many calls the API is asked at once (rule F3). No user holds more than half of the places, so that one cannot
/// keep all others out; nobody queues, since a call that waits holds memory and its user up.</summary>
internal sealed class CallPlaces(UpstreamOptions options) : IDisposable
{
    /// <summary>Whose call a request is.</summary>
    public static readonly HttpRequestOptionsKey<string> Subject = new("subject");

    private readonly PartitionedRateLimiter<string> places = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<string, string>(subject => Places(subject, Math.Max(1, options.MaxConnections / 2))),
        PartitionedRateLimiter.Create<string, string>(_ => Places("all", options.MaxConnections)));

    /// <summary>Takes a place; to be given back when the answer has been read.</summary>
    public RateLimitLease Enter(HttpRequestMessage? request) =>
        places.AttemptAcquire(request?.Options.TryGetValue(Subject, out var subject) == true ? subject : "");

    public void Dispose() => places.Dispose();

    private static RateLimitPartition<string> Places(string key, int count) =>
        RateLimitPartition.GetConcurrencyLimiter(key, _ => new() { PermitLimit = count, QueueLimit = 0 });
}
