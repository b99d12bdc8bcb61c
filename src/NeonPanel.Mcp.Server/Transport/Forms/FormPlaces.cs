using System.Threading.RateLimiting;
using NeonPanel.Mcp.Server.Edge;

namespace NeonPanel.Mcp.Server.Transport.Forms;

/// <summary>Limits how many calls wait for users, and how many bytes they hold. A form may stay open for minutes, in
/// which the call keeps its place, its connection and its message. Without these limits, a few users could keep
/// everything that the server has for all users.</summary>
internal sealed class FormPlaces : ByteBudget
{
    private const int Calls = 2000;
    private const long AllBytes = 32 * 1024 * 1024;
    private const long BytesOfUser = 8 * 1024 * 1024;

    private readonly PartitionedRateLimiter<string> calls;

    /// <param name="limits">A user's calls that wait are at most half of the user's calls
    /// (<c>Limits:ConcurrentCallsPerUser</c>), so that other calls go on.</param>
    public FormPlaces(LimitOptions limits, TimeProvider time)
        : base(AllBytes, BytesOfUser, maxWait: TimeSpan.Zero, time)
    {
        CallsOfUser = Math.Max(1, limits.ConcurrentCallsPerUser / 2);
        calls = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<string, string>(subject => Places(subject, CallsOfUser)),
            PartitionedRateLimiter.Create<string, string>(_ => Places("all", Calls))
        );
    }

    /// <summary>Gets how many calls of a user may wait at a time.</summary>
    public int CallsOfUser { get; }

    /// <summary>Reserves a place for a call that waits.</summary>
    /// <param name="bytes">Size of the call's message and files.</param>
    /// <returns>The place, which the caller disposes; or <see langword="null"/> if none is free, or the call is too
    /// large.</returns>
    public IDisposable? TryEnter(string subject, long bytes)
    {
        // The budget itself would count a larger part as the whole share.
        if (bytes > BytesOfUser || TryTake(subject, bytes) is not { } part)
        {
            return null;
        }

        var lease = calls.AttemptAcquire(subject);
        if (lease.IsAcquired)
        {
            return new Place(part, lease);
        }

        lease.Dispose();
        part.Dispose();
        return null;
    }

    protected override void Dispose(bool isDisposing)
    {
        calls.Dispose();
        base.Dispose(isDisposing);
    }

    private static RateLimitPartition<string> Places(string key, int count) =>
        RateLimitPartition.GetConcurrencyLimiter(key, _ => new() { PermitLimit = count, QueueLimit = 0 });

    private sealed class Place(IDisposable part, IDisposable lease) : IDisposable
    {
        public void Dispose()
        {
            part.Dispose();
            lease.Dispose();
        }
    }
}
