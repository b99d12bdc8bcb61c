using System.Threading.RateLimiting;

namespace NeonPanel.Mcp.Server.Edge;

/// <summary>Limits how many bytes the process holds at one time, in total and per owner.</summary>
internal abstract class ByteBudget : IDisposable
{
    private const int Unit = 1024;

    private readonly TimeSpan maxWait;
    private readonly TimeProvider time;
    private readonly int shareUnits;
    private readonly PartitionedRateLimiter<string> places;

    /// <param name="all">Bytes for all owners together.</param>
    /// <param name="share">Bytes for one owner, at most <paramref name="all"/>.</param>
    /// <param name="maxWait">Longest time that an owner waits for other owners.</param>
    protected ByteBudget(long all, long share, TimeSpan maxWait, TimeProvider time)
    {
        this.maxWait = maxWait;
        this.time = time;
        shareUnits = Units(share);
        var allUnits = Units(all);
        places = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<string, string>(owner => Places(owner, shareUnits)),
            PartitionedRateLimiter.Create<string, string>(_ => Places("all", allUnits))
        );
    }

    /// <summary>Reserves a part of the budget if it is free.</summary>
    /// <param name="bytes">Size of the part, rounded up to whole KiB, at least one. A size above an owner's share
    /// counts as the whole share.</param>
    /// <returns>The part; the caller disposes it to release it. <see langword="null"/> if it is not free.</returns>
    public IDisposable? TryTake(string owner, long bytes)
    {
        var lease = places.AttemptAcquire(owner, Math.Min(Units(bytes), shareUnits));
        if (lease.IsAcquired)
        {
            return lease;
        }

        lease.Dispose();
        return null;
    }

    /// <summary>Reserves a part of the budget, and waits if it is not free. Waiting requests are served in order of
    /// arrival.</summary>
    /// <param name="bytes">As for <see cref="TryTake"/>.</param>
    /// <returns>The part, or <see langword="null"/> if it did not become free within the longest wait.</returns>
    public async Task<IDisposable?> TakeAsync(string owner, long bytes, CancellationToken cancellationToken)
    {
        if (TryTake(owner, bytes) is { } free)
        {
            return free;
        }

        using var patience = new CancellationTokenSource(maxWait, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var lease = await places.AcquireAsync(owner, Math.Min(Units(bytes), shareUnits), both.Token);
            return lease.IsAcquired ? lease : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public void Dispose()
    {
        Dispose(isDisposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool isDisposing) => places.Dispose();

    private static int Units(long bytes) => (int)Math.Clamp((bytes + Unit - 1) / Unit, 1, int.MaxValue);

    private static RateLimitPartition<string> Places(string key, int count) =>
        RateLimitPartition.GetConcurrencyLimiter(key, _ => new()
            {
                PermitLimit = count,
                QueueLimit = int.MaxValue,
                QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            });
}
