using System.Threading.RateLimiting;

namespace NeonPanel.Mcp.Server.Messages;

/// <summary>The user's place and the part of the body budget that a posted message of the older transport holds until
/// it is answered, which is after its request has ended. A feature of the request.</summary>
internal sealed class MessagePlace(RateLimitLease lease) : IDisposable
{
    private IDisposable? room;
    private bool isHandedOn;

    /// <summary>Gets the user's place, which may not have been acquired.</summary>
    public RateLimitLease Lease => lease;

    /// <summary>Adds the body's part of the budget.</summary>
    public void Add(IDisposable? bodyRoom) => room = bodyRoom;

    /// <summary>Makes a new owner of place and room, so that the end of the request does not give them back.</summary>
    public IDisposable HandOn()
    {
        isHandedOn = true;
        return new Owner(this);
    }

    public void Dispose()
    {
        if (!isHandedOn)
        {
            Free();
        }
    }

    private void Free()
    {
        room?.Dispose();
        lease.Dispose();
    }

    private sealed class Owner(MessagePlace place) : IDisposable
    {
        public void Dispose() => place.Free();
    }
}
