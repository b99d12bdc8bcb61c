namespace NeonPanel.Mcp.Sandbox.Api;

/// <summary>Gives memory back after work that leaves several times of what it keeps behind: generating the books, a
/// write after which all figures are computed anew, a PDF. On a machine with large caches the collector would wait
/// long.</summary>
internal static class MemoryTrim
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // A write and the figures after it leave about this much behind.
    private const long MostGrowth = 4_000_000;

    private static int isPlanned;
    private static long sizeAfterTrim = long.MaxValue;

    /// <summary>Trims at once if the heap has grown much since it was trimmed, as in a burst of writes, and in a second
    /// otherwise.</summary>
    public static void RunIfGrown()
    {
        if (GC.GetTotalMemory(forceFullCollection: false) - MostGrowth > Volatile.Read(ref sizeAfterTrim))
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
            Volatile.Write(ref sizeAfterTrim, GC.GetTotalMemory(forceFullCollection: false));
        }

        RunSoon();
    }

    /// <summary>Trims in a second, once for all that asks for it until then.</summary>
    public static void RunSoon()
    {
        if (Interlocked.Exchange(ref isPlanned, 1) == 0)
        {
            _ = RunAsync();
        }
    }

    private static async Task RunAsync()
    {
        await Task.Delay(Pause);
        Volatile.Write(ref isPlanned, 0);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        Volatile.Write(ref sizeAfterTrim, GC.GetTotalMemory(forceFullCollection: false));
    }
}
