namespace NeonPanel.Mcp.Server.Edge;

/// <summary>Limits how many bytes of request bodies with a valid token the process holds at one time. A body counts
/// from before the server reads it until its call ends.</summary>
/// <param name="maxRequestBytes">Largest body (<c>Limits:MaxRequestBytes</c>); it always fits into the budget.</param>
internal sealed class BodyBudget(long maxRequestBytes, TimeProvider time)
    : ByteBudget(Math.Max(maxRequestBytes, UsualBytes), Math.Max(maxRequestBytes, UsualBytes / 4), MaxWait, time)
{
    /// <summary>Size of the budget in bytes. A body of small values takes about twelve times its length in memory after
    /// parsing, so this budget uses at most about 200 MiB.</summary>
    public const long UsualBytes = 16 * 1024 * 1024;

    /// <summary>Longest time that a request waits for other requests to end.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(5);
}
