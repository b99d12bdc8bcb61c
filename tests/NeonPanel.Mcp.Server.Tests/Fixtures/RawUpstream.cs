using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NeonPanel.Mcp.Server.Tests.Fixtures;

/// <summary>An API at the level of the socket: takes whole requests, counts them, and answers as no server
/// should.</summary>
internal sealed class RawUpstream : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<RawRequest> requests = [];
    private readonly ConcurrentBag<Socket> sockets = [];
    private readonly Task accepting;
    private int connections;

    public RawUpstream(Func<RawExchange, Task> answer)
    {
        Answer = answer;
        listener.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        accepting = AcceptAsync();
    }

    public string Address { get; }

    /// <summary>Gets or sets what is done with a request that arrived whole.</summary>
    public Func<RawExchange, Task> Answer { get; set; }

    /// <summary>Gets the requests that arrived whole.</summary>
    public IReadOnlyCollection<RawRequest> Requests => requests;

    /// <summary>Gets how many connections were made.</summary>
    public int Connections => connections;

    /// <summary>Begins anew: no request, and no connection that could be used again.</summary>
    public void Forget()
    {
        foreach (var socket in sockets)
        {
            socket.Dispose();
        }

        sockets.Clear();
        requests.Clear();
        connections = 0;
    }

    /// <summary>Takes no connection from now on.</summary>
    public void Refuse() => listener.Stop();

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await accepting;
        listener.Dispose();
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                var socket = await listener.AcceptSocketAsync(stop.Token);
                sockets.Add(socket);
                serving.Add(ServeAsync(socket, Interlocked.Increment(ref connections)));
            }
        }
        catch (Exception exception)
            when (exception
                    is OperationCanceledException
                        or SocketException
                        or ObjectDisposedException
                        or InvalidOperationException
            )
        {
            // stopped, or refusing
        }

        await Task.WhenAll(serving);
    }

    private async Task ServeAsync(Socket socket, int connection)
    {
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            for (var number = 1; await ReadAsync(stream, connection, number) is { } request; number++)
            {
                requests.Enqueue(request);
                await Answer(new(request, socket, stream, stop.Token)).WaitAsync(stop.Token);
            }
        }
        catch (Exception exception)
            when (exception is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // the other side left, or this one did
        }
    }

    private async Task<RawRequest?> ReadAsync(NetworkStream stream, int connection, int number)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, stop.Token) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
        }

        var lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines
            .Skip(1)
            .Select(line => line.Split(':', 2))
            .ToLookup(pair => pair[0], pair => pair[1].Trim(), StringComparer.OrdinalIgnoreCase);
        var body = new byte[
            int.Parse(headers["Content-Length"].SingleOrDefault() ?? "0", CultureInfo.InvariantCulture)
        ];
        await stream.ReadExactlyAsync(body, stop.Token);
        return new(lines[0], headers, body, connection, number);
    }
}

/// <summary>A request as it came.</summary>
/// <param name="Line">Method, target and version.</param>
/// <param name="Connection">On which connection, counted from 1.</param>
/// <param name="Number">The how manieth on that connection.</param>
internal sealed record RawRequest(
    string Line,
    ILookup<string, string> Headers,
    byte[] Body,
    int Connection,
    int Number
);
