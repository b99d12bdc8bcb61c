namespace NeonPanel.Mcp.Sandbox.Api;

/// <summary>Gives memory back after work that leaves several times of what it keeps behind: generating the books, a
/// write after which all figures are computed anew, a PDF. On a machine with large caches the collector would wait
/// long.</summary>
internal static class MemoryTrim
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private static int isPlanned;

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
    }
}
