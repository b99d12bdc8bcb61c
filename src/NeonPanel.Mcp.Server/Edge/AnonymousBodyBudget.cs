namespace NeonPanel.Mcp.Server.Edge;

/// <summary>Limits how many bytes of request bodies without a valid token the process holds at one time, for all
/// addresses and for each. A body that finds no room is not read; its request gets the same challenge, without the
/// request's id.</summary>
internal sealed class AnonymousBodyBudget(TimeProvider time) : ByteBudget(AllBytes, AllBytes / 8, TimeSpan.Zero, time)
{
    public const long AllBytes = 8 * 1024 * 1024;
}
