namespace NeonPanel.Mcp.Server.Arguments;

/// <summary>Limits how many large arguments are processed at a time, so that one processor stays free for health checks
/// and other calls. Checking and repairing the largest arguments takes about 0.1 s of processor time.</summary>
/// <param name="places">How many large arguments are processed at a time; at least 1.</param>
internal sealed class LargeArgumentTurns(int places) : IDisposable
{
    /// <summary>Arguments up to this length, in bytes, need not wait. They take at most a few milliseconds.</summary>
    public const int SmallBytes = 64 * 1024;

    private readonly SemaphoreSlim free = new(places);

    /// <summary>Creates an instance that leaves one processor free, if there are several.</summary>
    public static LargeArgumentTurns ForThisMachine() => new(Math.Max(1, Environment.ProcessorCount - 1));

    /// <summary>Waits for a turn. Calls get their turn in order of arrival.</summary>
    /// <param name="bytes">Length of the arguments, in bytes.</param>
    /// <returns>The turn. Disposing it lets the next call begin.</returns>
    /// <exception cref="OperationCanceledException">The call was cancelled while it waited.</exception>
    public async ValueTask<Turn> TakeAsync(int bytes, CancellationToken cancellationToken)
    {
        if (bytes <= SmallBytes)
        {
            return default;
        }

        await free.WaitAsync(cancellationToken);
        return new(free);
    }

    public void Dispose() => free.Dispose();

    /// <summary>A turn. The default value occupies no place.</summary>
    internal readonly struct Turn(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free?.Release();
    }
}
