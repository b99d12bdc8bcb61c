namespace NeonPanel.Mcp.Server.Edge;

/// <summary>Limits how many bytes of request bodies without a valid token the process holds at one time, in total and
/// per address. If a body does not fit, the server does not read it, and the request gets the same challenge without
/// the request's id.</summary>
internal sealed class AnonymousBodyBudget(TimeProvider time) : ByteBudget(AllBytes, AllBytes / 8, TimeSpan.Zero, time)
{
    public const long AllBytes = 8 * 1024 * 1024;
}
