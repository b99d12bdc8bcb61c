using System.Net.Sockets;

namespace NeonPanel.Mcp.Benchmarks.Siege.Attacks;

/// <summary>Connections that send their request byte by byte, or nothing at all.</summary>
internal sealed class SlowWriters : Attack
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public override string Name => "slow-writers";

    public override string Findings => "8";

    public override async Task RunAsync(Battlefield field, CancellationToken end)
    {
        var host = $"Host: {field.Address.Authority}\r\n";
        string[] beginnings =
        [
            "",
            "GET /healthz HTTP/1.1\r\n",
            $"POST /mcp HTTP/1.1\r\n{host}Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{{",
        ];
        var sockets = await Task.WhenAll(
            Enumerable
                .Range(0, field.Of(150, 900))
                .Select(number => field.Attacker.ConnectAsync(beginnings[number % beginnings.Length]))
        );
        while (!end.IsCancellationRequested)
        {
            foreach (var socket in sockets.OfType<Socket>())
            {
                await WriteAsync(socket);
            }

            await Task.Delay(Pause, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        foreach (var socket in sockets)
        {
            socket?.Dispose();
        }
    }

    private static async Task WriteAsync(Socket socket)
    {
        try
        {
            await socket.SendAsync("a"u8.ToArray());
        }
        catch (SocketException)
        {
            // The server has closed it, as it should.
        }
    }
}
