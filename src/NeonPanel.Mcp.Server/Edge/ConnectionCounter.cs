using System.Net;
using Microsoft.AspNetCore.Connections;

namespace NeonPanel.Mcp.Server.Edge;

/// <summary>Limits the connections of one address, so that one client cannot use all connections of the server. Known
/// proxies carry the connections of many clients, so they have no limit.</summary>
internal sealed class ConnectionCounter(LimitOptions options)
{
    private readonly Dictionary<string, long> connections = new(StringComparer.Ordinal);

    /// <summary>Wraps the handling of a connection. A connection above the limit is closed at once.</summary>
    public ConnectionDelegate Use(ConnectionDelegate next) =>
        async connection =>
        {
            var address = (connection.RemoteEndPoint as IPEndPoint)?.Address;
            if (address is null || IsProxy(address))
            {
                await next(connection);
                return;
            }

            var network = RateLimits.NetworkOf(address);
            if (!TryAdd(network))
            {
                connection.Abort();
                return;
            }

            try
            {
                await next(connection);
            }
            finally
            {
                Remove(network);
            }
        };

    private bool IsProxy(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return options.KnownProxies.Any(network => network.Contains(plain));
    }

    private bool TryAdd(string network)
    {
        lock (connections)
        {
            var count = connections.GetValueOrDefault(network);
            if (count >= options.MaxConnectionsPerAddress)
            {
                return false;
            }

            connections[network] = count + 1;
            return true;
        }
    }

    private void Remove(string network)
    {
        lock (connections)
        {
            if (connections[network] == 1)
            {
                connections.Remove(network);
            }
            else
            {
                connections[network]--;
            }
        }
    }
}
