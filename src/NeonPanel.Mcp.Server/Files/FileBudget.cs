using System.Threading.RateLimiting;

namespace NeonPanel.Mcp.Server.Files;

/// <summary>Limits how many bytes of fetched files the process holds at one time, for all users together and for each user, so that files
/// cannot fill the memory of the container.</summary>
internal sealed class FileBudget : IDisposable
{
    /// <summary>A file is in memory as base64, in the arguments of its call, until the collector has freed them. So this budget keeps 85 MiB
    /// alive. A user has half of it.</summary>
    public const long UsualBytes = 64 * 1024 * 1024;

    /// <summary>How long a call waits for other files to be sent.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(10);

    private const int Unit = 1024;

    private readonly TimeProvider time;
    private readonly int units;
    private readonly PartitionedRateLimiter<string> places;

    /// <param name="maxBytes">What one call may fetch (<c>Files:MaxBytes</c>); it always fits into the budget.</param>
    public FileBudget(long maxBytes, TimeProvider time)
    {
        this.time = time;
        units = Units(Math.Max(maxBytes, UsualBytes / 2));
        var all = Units(Math.Max(maxBytes, UsualBytes));
        places = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<string, string>(subject => Places(subject, units)),
            PartitionedRateLimiter.Create<string, string>(_ => Places("all", all)));
    }

    /// <summary>Takes a part of the budget, and waits for it if there is need.</summary>
    /// <param name="bytes">At most <c>Files:MaxBytes</c>.</param>
    /// <returns>The part, to be given back when the file has been sent; <see langword="null"/> when the wait was in vain.</returns>
    public async Task<IDisposable?> TakeAsync(string subject, long bytes, CancellationToken cancellationToken)
    {
        var wanted = Math.Min(Units(bytes), units);
        var lease = places.AttemptAcquire(subject, wanted);
        if (lease.IsAcquired)
        {
            return lease;
        }

        lease.Dispose();
        using var patience = new CancellationTokenSource(MaxWait, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            lease = await places.AcquireAsync(subject, wanted, both.Token);
            return lease.IsAcquired ? lease : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public void Dispose() => places.Dispose();

    private static int Units(long bytes) => (int)Math.Clamp((bytes + Unit - 1) / Unit, 1, int.MaxValue);

    private static RateLimitPartition<string> Places(string key, int count) => RateLimitPartition.GetConcurrencyLimiter(
        key, _ => new() { PermitLimit = count, QueueLimit = int.MaxValue, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });
}
