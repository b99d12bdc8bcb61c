using System.Net;
using System.Net.Sockets;

namespace NeonPanel.Mcp.Server.Tests.Fixtures;

/// <summary>Finds two neighboring ports that are free; another process could only take them in the moment between.</summary>
internal static class LoopbackPorts
{
    public static int FreePair()
    {
        for (var port = 41300; port < 41500; port += 2)
        {
            try
            {
                using var first = new TcpListener(IPAddress.Loopback, port);
                using var second = new TcpListener(IPAddress.Loopback, port + 1);
                first.Start();
                second.Start();
                return port;
            }
            catch (SocketException)
            {
                // taken: the next pair
            }
        }

        throw new InvalidOperationException("No two neighboring ports are free.");
    }
}
