using System.Globalization;

namespace NeonPanel.Mcp.Benchmarks.Siege;

/// <summary>Memory limit of the server, as a container sets it: a cgroup of its own below the one of this process.
/// Where that is not permitted, .NET limits its heap to the share that it would take of such a container.</summary>
internal sealed class MemoryCage : IDisposable
{
    /// <summary>Share of a container's memory that .NET allows its heap.</summary>
    private const double HeapShare = 0.75;

    private readonly string? folder;

    private MemoryCage(int megabytes, string? folder)
    {
        Megabytes = megabytes;
        this.folder = folder;
    }

    public int Megabytes { get; }

    public string Description =>
        folder is null ? $"DOTNET_GCHeapHardLimit of {Megabytes * HeapShare:f0} MiB" : $"cgroup of {Megabytes} MiB";

    /// <summary>Gets the command that starts a program inside the cgroup; none without one.</summary>
    public IReadOnlyList<string> Launcher =>
        folder is null ? [] : ["/bin/sh", "-c", "echo $$ > \"$0/cgroup.procs\" && exec \"$1\"", folder];

    public IReadOnlyDictionary<string, string> Settings =>
        folder is null
            ? new Dictionary<string, string>
            {
                ["DOTNET_GCHeapHardLimit"] =
                    "0x" + ((long)(Megabytes * HeapShare) << 20).ToString("x", CultureInfo.InvariantCulture),
            }
            : new Dictionary<string, string>();

    public static MemoryCage Create(int megabytes)
    {
        foreach (var (parent, limit, value) in Places(megabytes))
        {
            var folder = Path.Combine(parent, "siege-" + Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            try
            {
                Directory.CreateDirectory(folder);
                File.WriteAllText(Path.Combine(folder, limit), value);
                return new(megabytes, folder);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Remove(folder);
            }
        }

        return new(megabytes, null);
    }

    public void Dispose()
    {
        if (folder is not null)
        {
            Remove(folder);
        }
    }

    // Version 1 has a hierarchy for memory alone, version 2 one for all ("0::/path").
    private static IEnumerable<(string Parent, string File, string Value)> Places(int megabytes)
    {
        if (!File.Exists("/proc/self/cgroup"))
        {
            yield break;
        }

        var bytes = ((long)megabytes << 20).ToString(CultureInfo.InvariantCulture);
        foreach (var parts in File.ReadLines("/proc/self/cgroup").Select(line => line.Split(':', 3)))
        {
            if (parts[1].Split(',').Contains("memory"))
            {
                yield return ("/sys/fs/cgroup/memory" + parts[2], "memory.limit_in_bytes", bytes);
            }
            else if (parts[0] == "0")
            {
                yield return ("/sys/fs/cgroup" + parts[2], "memory.max", bytes);
            }
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It never existed, or a process of the cgroup has not ended yet: it goes with the machine.
        }
    }
}
