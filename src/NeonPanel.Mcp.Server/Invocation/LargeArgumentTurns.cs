namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>Turns for reading large arguments, so that twenty of them at once leave a processor for health checks and
/// other calls. Checking and repairing the largest arguments takes about a tenth of a second of processor
/// time.</summary>
/// <param name="places">How many large arguments are read at a time; at least 1.</param>
internal sealed class LargeArgumentTurns(int places) : IDisposable
{
    /// <summary>Arguments up to this length in bytes are read at once. They take at most a few milliseconds.</summary>
    public const int SmallBytes = 64 * 1024;

    private readonly SemaphoreSlim free = new(places);

    /// <summary>Makes turns that leave one processor free, if there are several.</summary>
    public static LargeArgumentTurns ForThisMachine() => new(Math.Max(1, Environment.ProcessorCount - 1));

    /// <summary>Waits for a turn, first come, first served.</summary>
    /// <param name="bytes">Length of the arguments.</param>
    /// <returns>The turn. Disposing it lets the next one begin.</returns>
    /// <exception cref="OperationCanceledException">The call ended while it waited.</exception>
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

    /// <summary>A turn; the default value is one that held no place.</summary>
    internal readonly struct Turn(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free?.Release();
    }
}
