using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace NeonPanel.Mcp.Server.Health;

/// <summary>The sockets that the web server listens on. It would close them and, in the same breath, the connections
/// that have not said anything yet: so <see cref="Drain"/> closes them before.</summary>
internal sealed class ListeningSockets
{
    /// <summary>Bytes of a response that the kernel takes ahead of the client. Linux books twice as much, and packet
    /// headers count against it. Without a limit the kernel takes megabytes; Kestrel counts these as sent, so that its
    /// slowest rate never applies to a client that reads nothing.</summary>
    public const int SendBufferBytes = 128 * 1024;

    private const int Patience = 100;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly ConcurrentBag<Socket> sockets = [];

    public Socket Bind(EndPoint endpoint)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        // Accepted connections inherit the size (socket(7), SO_SNDBUF).
        socket.SendBufferSize = SendBufferBytes;
        sockets.Add(socket);
        return socket;
    }

    /// <summary>Takes no more connections. The web server sees it as the order to listen no longer.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        foreach (var socket in sockets)
        {
            // Those that were made and not yet taken over would be reset. New ones may come all the time, hence not for
            // ever.
            for (var left = Patience; left > 0 && socket.Poll(TimeSpan.Zero, SelectMode.SelectRead); left--)
            {
                await Task.Delay(Moment, cancellationToken);
            }

            socket.Dispose();
        }
    }
}
