namespace NeonPanel.Mcp.Server.Calls.Names;

/// <summary>A lookup that several calls wait for. It is cancelled when the last call leaves. The owner's lock must
/// guard all members except <see cref="Result"/>.</summary>
internal sealed class SharedLookup : IDisposable
{
    private readonly CancellationTokenSource cancellation = new();
    private int waiting;
    private bool isDisposed;

    public Task<NamedList> Result { get; private set; } = Task.FromResult(new NamedList([]));

    /// <summary>Starts the lookup on the thread pool, because the caller holds its lock.</summary>
    /// <param name="end">Receives the result before the waiting calls do; <see langword="null"/> if the lookup
    /// failed.</param>
    public void Start(Func<CancellationToken, Task<NamedList>> ask, Action<NamedList?> end)
    {
        var cancelled = cancellation.Token;
        Result = Task.Run(async () =>
        {
            NamedList? list = null;
            try
            {
                list = await ask(cancelled);
                return list;
            }
            finally
            {
                end(list);
            }
        });
    }

    public void Enter() => waiting++;

    /// <summary>Removes a waiting call.</summary>
    /// <returns>Whether the lookup was cancelled, because no call waits any more.</returns>
    public bool Leave()
    {
        if (--waiting > 0 || isDisposed)
        {
            return false;
        }

        // Asynchronous, so that no code of the lookup runs under the owner's lock.
        _ = cancellation.CancelAsync();
        return true;
    }

    public void Dispose()
    {
        isDisposed = true;
        cancellation.Dispose();
    }
}
