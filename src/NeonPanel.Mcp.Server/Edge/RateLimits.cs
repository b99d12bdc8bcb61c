using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using NeonPanel.Mcp.Server.Settings;

namespace NeonPanel.Mcp.Server.Edge;

/// <summary>The limits per user and per address (rule F3). Each user has a token bucket for calls and a limit of
/// concurrent calls. Each address has the same limits for its requests without a valid token.</summary>
/// <param name="elsewhere">The users' calls at other instances, if there are any. The limits per user count them
/// too.</param>
internal sealed class RateLimits(LimitOptions options, IUsersElsewhere? elsewhere = null) : IDisposable
{
    private const int NetworkBytes = 8;

    // A client of the older transport may give up its connection after HTTP 429, so the server sends some refusals on
    // the stream instead.
    private const int RefusalsOnStreamPerMinute = 60;

    private readonly PartitionedRateLimiter<string> users = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<string, string>(subject => Bucket(subject, options.CallsPerMinutePerUser)),
        PartitionedRateLimiter.Create<string, string>(subject => Places(subject, options.ConcurrentCallsPerUser))
    );

    private readonly PartitionedRateLimiter<string> refusals = PartitionedRateLimiter.Create<string, string>(subject =>
        Bucket(subject, RefusalsOnStreamPerMinute)
    );

    private readonly PartitionedRateLimiter<string> addresses = PartitionedRateLimiter.Create<string, string>(address =>
        Bucket(address, options.AnonymousRequestsPerMinute)
    );

    private readonly PartitionedRateLimiter<string> answers = PartitionedRateLimiter.Create<string, string>(address =>
        Places(address, options.ConcurrentAnonymousAnswers)
    );

    /// <summary>Reserves a place for a user's call. The caller disposes the lease when the call ends.</summary>
    public RateLimitLease EnterUser(string subject)
    {
        if (elsewhere is null)
        {
            return users.AttemptAcquire(subject);
        }

        var load = elsewhere.LoadOf(subject);
        if (load.Wait > TimeSpan.Zero || load.Running >= options.ConcurrentCallsPerUser)
        {
            return new SharedLease(load.Wait);
        }

        var lease = users.AttemptAcquire(subject);
        return lease.IsAcquired ? new SharedLease(lease, elsewhere.Enter(subject)) : lease;
    }

    /// <summary>Counts a message of the older transport that exceeds the user's limit, before the server reads
    /// it.</summary>
    /// <returns>Whether the server may read the message and answer on its stream. Otherwise the POST gets
    /// 429.</returns>
    public bool MayRefuseOnStream(string subject)
    {
        using var lease = refusals.AttemptAcquire(subject);
        return lease.IsAcquired;
    }

    /// <summary>Counts a request without a valid token.</summary>
    public RateLimitLease EnterAnonymous(HttpContext context) =>
        addresses.AttemptAcquire(NetworkOf(context.Connection.RemoteIpAddress));

    /// <summary>Reserves a place for a response to a request without a token. The caller disposes the lease when the
    /// response is written, so that clients that read slowly occupy few responses.</summary>
    public RateLimitLease EnterAnonymousAnswer(HttpContext context) =>
        answers.AttemptAcquire(NetworkOf(context.Connection.RemoteIpAddress));

    /// <summary>Returns the key of an address: the whole IPv4 address, or the first 64 bits of an IPv6 address, because
    /// one household or server has at least a /64 network (RFC 6177 §2).</summary>
    public static string NetworkOf(IPAddress? address)
    {
        if (address is null)
        {
            return "unknown";
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6 || address.IsIPv4MappedToIPv6)
        {
            return (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        return Convert.ToHexStringLower(bytes[..NetworkBytes]) + "/64";
    }

    /// <summary>Returns how long to wait after a refusal, in whole seconds: at least one.</summary>
    public static double SecondsToWait(RateLimitLease lease) =>
        lease.TryGetMetadata(MetadataName.RetryAfter, out var pause)
            ? Math.Max(1, Math.Ceiling(pause.TotalSeconds))
            : 1;

    /// <summary>Returns whether a lease was refused only because of the limit of concurrent calls. A refusal by the
    /// token bucket has a time to wait, this one has none.</summary>
    public static bool IsOverPlaces(RateLimitLease lease) =>
        !lease.IsAcquired && !lease.TryGetMetadata(MetadataName.RetryAfter, out _);

    /// <summary>Writes status 429 (RFC 6585 §4) with the seconds to wait.</summary>
    public static Task RefuseAsync(HttpContext context, RateLimitLease lease) =>
        RefuseAsync(context, SecondsToWait(lease));

    /// <summary>Writes status 429 to a client that was refused before.</summary>
    /// <param name="seconds">How long to wait, in seconds.</param>
    public static Task RefuseAsync(HttpContext context, double seconds = 1)
    {
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(
            $$"""{"error":"too_many_requests","error_description":"Too many requests; ask again in {{seconds}} s."}""",
            context.RequestAborted
        );
    }

    public void Dispose()
    {
        users.Dispose();
        refusals.Dispose();
        addresses.Dispose();
        answers.Dispose();
    }

    private static RateLimitPartition<string> Bucket(string key, int perMinute) =>
        RateLimitPartition.GetTokenBucketLimiter(key, _ => MinuteBucket.OptionsOf(perMinute));

    private static RateLimitPartition<string> Places(string key, int count) =>
        RateLimitPartition.GetConcurrencyLimiter(key, _ => new() { PermitLimit = count, QueueLimit = 0 });
}
