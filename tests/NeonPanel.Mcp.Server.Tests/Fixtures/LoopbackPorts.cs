using System.Net;
using System.Net.Sockets;

namespace NeonPanel.Mcp.Server.Tests.Fixtures;

/// <summary>Finds two neighboring ports that are free, below those that the system gives away. Each process begins at a
/// place of its own and never asks for the same pair twice in a row, so that two test runs beside each other do not
/// meet.</summary>
internal static class LoopbackPorts
{
    private const int First = 20_000;
    private const int Pairs = 6_000;

    private static int next = Environment.ProcessId * 97;

    public static int FreePair()
    {
        for (var tries = 0; tries < Pairs; tries++)
        {
            var port = First + ((Interlocked.Increment(ref next) & int.MaxValue) % Pairs * 2);
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
