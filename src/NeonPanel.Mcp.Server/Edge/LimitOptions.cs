using System.Net;
using NeonPanel.Mcp.Server.Settings;

namespace NeonPanel.Mcp.Server.Edge;

/// <summary>Limits per user, per address and for connections.</summary>
/// <param name="CallsPerMinutePerUser">Authenticated requests of one token subject, from any address.</param>
/// <param name="ConcurrentCallsPerUser">Authenticated requests of one token subject at a time.</param>
/// <param name="AnonymousRequestsPerMinute">Requests without a valid token from one address. Health checks do not
/// count.</param>
/// <param name="MaxRequestBytes">Largest request body, in bytes.</param>
/// <param name="KnownProxies">Networks whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> headers the server
/// trusts.</param>
internal sealed record LimitOptions(
    int CallsPerMinutePerUser,
    int ConcurrentCallsPerUser,
    int AnonymousRequestsPerMinute,
    long MaxRequestBytes,
    IReadOnlyList<IPNetwork> KnownProxies
)
{
    /// <summary>Gets how many responses without a token one address receives at a time. A client that does not read
    /// keeps one of them occupied.</summary>
    public int ConcurrentAnonymousAnswers { get; init; } = 50;

    /// <summary>Gets how many connections the server holds at a time. It closes further connections at once.</summary>
    public long MaxConnections { get; init; } = 12_000;

    /// <summary>Gets how many connections one IPv4 address or one IPv6 /64 network may hold. Known proxies have no
    /// limit.</summary>
    public long MaxConnectionsPerAddress { get; init; } = 2_000;

    public static LimitOptions Read(SettingsReader settings)
    {
        var networks = new List<IPNetwork>();
        foreach (var text in settings.List("Server:KnownProxies", []))
        {
            if (IPNetwork.TryParse(text, out var network))
            {
                networks.Add(network);
            }
            else if (IPAddress.TryParse(text, out var address))
            {
                networks.Add(new(address, address.GetAddressBytes().Length * 8));
            }
            else
            {
                settings.Fault("Server:KnownProxies", "must name networks such as '10.0.0.0/8', or addresses", text);
            }
        }

        return new(
            (int)settings.Integer("Limits:CallsPerMinutePerUser", 600, 1, 1_000_000),
            (int)settings.Integer("Limits:ConcurrentCallsPerUser", 20, 1, 100_000),
            (int)settings.Integer("Limits:AnonymousRequestsPerMinute", 600, 1, 1_000_000),
            settings.Integer("Limits:MaxRequestBytes", 1024 * 1024, 1024, int.MaxValue),
            networks
        )
        {
            ConcurrentAnonymousAnswers = (int)settings.Integer("Limits:ConcurrentAnonymousAnswers", 50, 1, 100_000),
            MaxConnections = settings.Integer("Limits:MaxConnections", 12_000, 10, 1_000_000),
            MaxConnectionsPerAddress = settings.Integer("Limits:MaxConnectionsPerAddress", 2_000, 10, 1_000_000),
        };
    }
}
