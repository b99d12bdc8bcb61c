using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using NeonPanel.Mcp.Server.Settings;

namespace NeonPanel.Mcp.Server.Edge;

/// <summary>The limits of users and addresses (rule F3): a bucket of calls and a number of places for each user, and
/// the same for each address without a good token.</summary>
internal sealed class RateLimits(LimitOptions options) : IDisposable
{
    private const int NetworkBytes = 8;

    // A client of the older transport that gets HTTP 429 may give the connection up, so that some refusals go down its
    // stream.
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

    /// <summary>Takes a place for a user's call. The caller disposes the lease when the call ends.</summary>
    public RateLimitLease EnterUser(string subject) => users.AttemptAcquire(subject);

    /// <summary>Counts a message of the older transport that is over the user's limit, before it is read.</summary>
    /// <returns>Whether it may be read and answered on its stream. Otherwise its POST gets 429.</returns>
    public bool MayRefuseOnStream(string subject)
    {
        using var lease = refusals.AttemptAcquire(subject);
        return lease.IsAcquired;
    }

    /// <summary>Counts a request without a good token.</summary>
    public RateLimitLease EnterAnonymous(HttpContext context) =>
        addresses.AttemptAcquire(NetworkOf(context.Connection.RemoteIpAddress));

    /// <summary>Takes a place for an answer to a request without a token. The caller disposes the lease when the answer
    /// is written, so that clients that read slowly hold few answers.</summary>
    public RateLimitLease EnterAnonymousAnswer(HttpContext context) =>
        answers.AttemptAcquire(NetworkOf(context.Connection.RemoteIpAddress));

    /// <summary>Returns the key of an address: IPv4 whole, IPv6 by its first 64 bits, as one household or server owns
    /// at least a /64 (RFC 6177 §2).</summary>
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

    /// <summary>Gets how long to wait after a refusal, in whole seconds, at least one.</summary>
    public static double SecondsToWait(RateLimitLease lease) =>
        lease.TryGetMetadata(MetadataName.RetryAfter, out var pause)
            ? Math.Max(1, Math.Ceiling(pause.TotalSeconds))
            : 1;

    /// <summary>Returns whether a lease was refused for the number of places alone: a bucket tells when it has a call
    /// again.</summary>
    public static bool IsOverPlaces(RateLimitLease lease) =>
        !lease.IsAcquired && !lease.TryGetMetadata(MetadataName.RetryAfter, out _);

    /// <summary>Answers 429 (RFC 6585 §4) with the seconds to wait.</summary>
    public static Task RefuseAsync(HttpContext context, RateLimitLease lease) =>
        RefuseAsync(context, SecondsToWait(lease));

    /// <summary>Answers 429 to a client that has been refused before.</summary>
    /// <param name="seconds">How long to wait.</param>
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
