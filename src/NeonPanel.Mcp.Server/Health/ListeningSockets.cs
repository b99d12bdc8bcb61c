using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace NeonPanel.Mcp.Server.Health;

/// <summary>The sockets on which the web server listens. When the web server closes them itself, it also closes
/// connections that have not sent a request yet. <see cref="Drain"/> therefore closes the sockets first.</summary>
internal sealed class ListeningSockets
{
    /// <summary>Size, in bytes, of the kernel's send buffer for a connection. Linux reserves twice as much, and packet
    /// headers count against it. Without a limit the kernel buffers megabytes. Kestrel counts these as sent, so its
    /// minimum data rate would never apply to a client that does not read.</summary>
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

    /// <summary>Stops accepting connections. The web server treats a closed socket as the signal to stop
    /// listening.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        foreach (var socket in sockets)
        {
            // The kernel would reset connections that it has established but the server has not accepted yet, so they
            // are accepted first. New connections may arrive all the time, so this waits for a limited time only.
            for (var left = Patience; left > 0 && socket.Poll(TimeSpan.Zero, SelectMode.SelectRead); left--)
            {
                await Task.Delay(Moment, cancellationToken);
            }

            socket.Dispose();
        }
    }
}
