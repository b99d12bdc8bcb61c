using System.Net;
using System.Net.Sockets;

namespace NeonPanel.Mcp.Server.Files;

/// <summary>Distinguishes addresses of the public internet from others, because a link must not reach services in the
/// server's own network.</summary>
internal static class PublicAddress
{
    // The special-purpose registries of IANA (RFC 6890), without the ranges that are globally reachable.
    private static readonly IPNetwork[] Special =
    [
        .. (
            (string[])
                [
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "3fff::/20",
                ]
        ).Select(IPNetwork.Parse),
    ];

    // Global unicast (RFC 4291 §2.4, as IANA assigns it). All other IPv6 addresses count as not public, even if IANA
    // assigns them later.
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    // IPv6 addresses that contain an IPv4 address (RFC 6052 §2.1).
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return IsPublic(address.MapToIPv4());
        }

        if (address.AddressFamily == AddressFamily.InterNetworkV6 && !GlobalUnicast.Contains(address))
        {
            return Translated.Contains(address) && IsPublic(new IPAddress(address.GetAddressBytes()[12..]));
        }

        return !Special.Any(network => network.Contains(address));
    }

    /// <summary>Connects to a public address of the host. It checks the same address that it connects to, so that a
    /// second DNS lookup cannot return another one.</summary>
    /// <exception cref="HttpRequestException">The host has no public address.</exception>
    public static async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context,
        CancellationToken cancellationToken
    )
    {
        var addresses = (await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken))
            .Where(IsPublic)
            .ToArray();
        if (addresses.Length == 0)
        {
            throw new HttpRequestException($"the host '{context.DnsEndPoint.Host}' has no public address");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
