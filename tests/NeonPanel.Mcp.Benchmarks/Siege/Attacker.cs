using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace NeonPanel.Mcp.Benchmarks.Siege;

/// <summary>Sends an attack's requests and counts the answers by status. Every loop is bounded in number and
/// time.</summary>
internal sealed class Attacker : IDisposable
{
    private readonly Uri address;
    private readonly TimeSpan patience;
    private readonly HttpClient http;
    private readonly ConcurrentDictionary<string, int> statuses = new(StringComparer.Ordinal);
    private long longestAnswer;

    /// <param name="patience">How long an answer is waited for.</param>
    public Attacker(Uri address, TimeSpan patience)
    {
        (this.address, this.patience) = (address, patience);
        http = new HttpClient(
            new SocketsHttpHandler
            {
                UseProxy = false,
                AllowAutoRedirect = false,
                AutomaticDecompression = DecompressionMethods.None,
            }
        )
        {
            BaseAddress = address,
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public int Requests => statuses.Values.Sum();

    /// <summary>Gets the bytes of the longest answer's body.</summary>
    public long LongestAnswer => Interlocked.Read(ref longestAnswer);

    public string Statuses =>
        string.Join(
            ' ',
            statuses.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}×{pair.Value}")
        );

    public HttpClient Http => http;

    public int Count(string status) => statuses.GetValueOrDefault(status);

    public void Note(string status, int count = 1) => statuses.AddOrUpdate(status, count, (_, known) => known + count);

    /// <summary>Sends requests, so many at once, until the time or the number is over. What is under way then is
    /// answered first.</summary>
    public Task FloodAsync(int atOnce, int most, Func<int, HttpRequestMessage> request, CancellationToken end)
    {
        var sent = 0;
        async Task LoopAsync()
        {
            while (!end.IsCancellationRequested && Interlocked.Increment(ref sent) is var number && number <= most)
            {
                await SendAsync(request(number));
            }
        }

        return Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(LoopAsync, CancellationToken.None)));
    }

    /// <summary>Sends one request and reads its answer to the end.</summary>
    /// <returns>The body, cut to 100,000 characters; empty when there was none.</returns>
    public async Task<string> SendAsync(HttpRequestMessage message, TimeSpan? longest = null)
    {
        using (message)
        using (var end = new CancellationTokenSource(longest ?? patience))
        {
            try
            {
                using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, end.Token);
                var body = await response.Content.ReadAsByteArrayAsync(end.Token);
                Note(((int)response.StatusCode).ToString(CultureInfo.InvariantCulture));
                InterlockedMax(body.LongLength);
                return Encoding.UTF8.GetString(body, 0, Math.Min(body.Length, 100_000));
            }
            catch (OperationCanceledException)
            {
                Note("late");
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                Note("cut");
            }

            return "";
        }
    }

    public static HttpRequestMessage Get(string path, string? token = null, string? from = null) =>
        Message(HttpMethod.Get, path, null, token, from);

    /// <summary>Makes a POST to an MCP address.</summary>
    /// <param name="from">The address that the proxy in front of the server tells.</param>
    public static HttpRequestMessage Post(
        byte[] body,
        string? token = null,
        string? from = null,
        string path = "/mcp"
    ) => Message(HttpMethod.Post, path, body, token, from);

    public static HttpRequestMessage Post(
        string body,
        string? token = null,
        string? from = null,
        string path = "/mcp"
    ) => Post(Encoding.UTF8.GetBytes(body), token, from, path);

    /// <summary>Opens a connection that reads slowly, with the least buffer that the kernel gives, and writes a text
    /// into it.</summary>
    public async Task<Socket?> ConnectAsync(string text)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            ReceiveBufferSize = 1024,
            NoDelay = true,
        };
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, address.Port);
            await socket.SendAsync(Encoding.ASCII.GetBytes(text));
            Note("open");
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            Note("refused");
            return null;
        }
    }

    public void Dispose() => http.Dispose();

    private static HttpRequestMessage Message(HttpMethod method, string path, byte[]? body, string? token, string? from)
    {
        var message = new HttpRequestMessage(method, path);
        message.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        if (body is not null)
        {
            message.Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };
        }

        if (token is not null)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (from is not null)
        {
            message.Headers.Add("X-Forwarded-For", from);
        }

        return message;
    }

    private void InterlockedMax(long length)
    {
        long known;
        while (
            length > (known = Interlocked.Read(ref longestAnswer))
            && Interlocked.CompareExchange(ref longestAnswer, length, known) != known
        ) { }
    }
}
