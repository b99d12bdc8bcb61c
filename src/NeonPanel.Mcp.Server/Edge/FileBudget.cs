namespace NeonPanel.Mcp.Server.Edge;

/// <summary>Limits how many bytes of files the process holds at one time, fetched or sent in messages, so that files
/// cannot fill the memory of the container. A user has half of the budget.</summary>
/// <param name="maxBytes">Bytes of all files of one call (<c>Files:MaxBytes</c>); they always fit into the
/// budget.</param>
internal sealed class FileBudget(long maxBytes, TimeProvider time)
    : ByteBudget(Math.Max(maxBytes, UsualBytes), Math.Max(maxBytes, UsualBytes / 2), MaxWait, time)
{
    /// <summary>A file is in memory as base64, with its call, until the collector has freed them. So
    /// this budget keeps 85 MiB alive.</summary>
    public const long UsualBytes = 64 * 1024 * 1024;

    /// <summary>Longest time that a call waits for room in the budget.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(10);
}
