using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace NeonPanel.Mcp.Server.Tests.Fixtures;

/// <summary>A request that waits for its answer.</summary>
internal sealed class RawExchange(RawRequest request, Socket socket, NetworkStream stream, CancellationToken stopped)
{
    public RawRequest Request => request;

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public Task SendAsync(ReadOnlyMemory<byte> bytes) => stream.WriteAsync(bytes, stopped).AsTask();

    /// <summary>Answers as one should.</summary>
    /// <param name="headers">Further ones, each with its line end.</param>
    public Task SendJsonAsync(
        string json,
        string status = "200 OK",
        string headers = "",
        string type = "application/json"
    ) =>
        SendAsync(
            Encoding.UTF8.GetBytes(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"HTTP/1.1 {status}\r\nContent-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n{headers}\r\n{json}"
                )
            )
        );

    /// <summary>Ends the connection in order (FIN).</summary>
    public void Close() => socket.Close();

    /// <summary>Breaks the connection (RST).</summary>
    public void Reset()
    {
        socket.LingerState = new(true, 0);
        socket.Close();
    }

    /// <summary>Says nothing more, until the other side has had enough.</summary>
    public async Task HangAsync()
    {
        var rest = new byte[1024];
        while (await stream.ReadAsync(rest, stopped) > 0)
        {
            // what comes after the request is of no matter
        }
    }
}
