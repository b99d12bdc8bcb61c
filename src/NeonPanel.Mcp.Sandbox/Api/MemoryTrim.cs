namespace NeonPanel.Mcp.Sandbox.Api;

/// <summary>Gives memory back after work that leaves several times of what it keeps behind: generating the books, a write after which
/// all figures are computed anew, a PDF. On a machine with large caches the collector would wait long.</summary>
internal static class MemoryTrim
{
    private const int PauseMilliseconds = 3000;

    private static long next;

    /// <summary>Trims now, but not again within three seconds.</summary>
    public static void Run()
    {
        var now = Environment.TickCount64;
        var due = Interlocked.Read(ref next);
        if (now >= due && Interlocked.CompareExchange(ref next, now + PauseMilliseconds, due) == due)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }
}
