using NeonPanel.Mcp.Server.Edge;

namespace NeonPanel.Mcp.Server.Files;

/// <summary>Limits how many bytes of fetched files the process holds at one time, so that files cannot fill the memory
/// of the container. A user has half of the budget.</summary>
/// <param name="maxBytes">Bytes that one call may fetch (<c>Files:MaxBytes</c>); they always fit into the
/// budget.</param>
internal sealed class FileBudget(long maxBytes, TimeProvider time)
    : ByteBudget(Math.Max(maxBytes, UsualBytes), Math.Max(maxBytes, UsualBytes / 2), MaxWait, time)
{
    /// <summary>Size of the budget in bytes. A file is kept in memory as base64, in the arguments of its call, until
    /// garbage collection. This budget therefore uses up to 85 MiB.</summary>
    public const long UsualBytes = 64 * 1024 * 1024;

    /// <summary>Longest time that a call waits for other files to be sent.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(10);
}
