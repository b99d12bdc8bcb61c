using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text.Json;

namespace NeonPanel.Mcp.Benchmarks.Endurance;

/// <summary>Clients that call one after the other over a connection that they keep. A call is lost when its connection
/// was made and no whole answer came; one that was refused a connection is none.</summary>
internal sealed class SteadyClients(string address, Issuer issuer)
{
    private const int Count = 8;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(50);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<string, int> instances = new(StringComparer.Ordinal);
    private long count;
    private int calls;
    private int refused;
    private int failed;
    private int lost;

    public int Calls => calls;

    public int Refused => refused;

    public int Failed => failed;

    /// <summary>Gets the calls that failed while <see cref="IsLossExpected"/>.</summary>
    public int Lost => lost;

    /// <summary>Gets or sets whether calls may fail, as an instance was killed.</summary>
    public volatile bool IsLossExpected;

    public ConcurrentQueue<string> Failures { get; } = [];

    /// <summary>Gets the answers by instance, where a proxy names it.</summary>
    public IReadOnlyDictionary<string, int> Instances => instances;

    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, Count).Select(client => RunOneAsync(client, cancellationToken)));

    private async Task RunOneAsync(int client, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(
            new SocketsHttpHandler { MaxConnectionsPerServer = 1, ConnectCallback = ConnectAsync }
        )
        {
            BaseAddress = new(address),
            Timeout = Longest,
        };
        var (post, token) = (new McpPost(http), issuer.Token($"steady-{client}"));
        while (!cancellationToken.IsCancellationRequested)
        {
            var number = Interlocked.Increment(ref count);
            var order = new Order(number % 4 == 0 ? "slow" : "ok", number);
            try
            {
                var message =
                    number % 3 == 0
                        ? McpPost.Call(
                            number,
                            "bills_create",
                            $$"""{"companyUuid":"{{Order.Company}}","name":"{{order}}"}"""
                        )
                        : McpPost.Call(
                            number,
                            "bills_list",
                            $$"""{"companyUuid":"{{Order.Company}}","search":"{{order}}"}"""
                        );
                // To its end, even when the load ends: what is under way is what is looked at.
                var answer = await post.SendAsync(message, token, CancellationToken.None);
                instances.AddOrUpdate(answer.Instance ?? "", 1, (_, known) => known + 1);
                Judged(Judge.Call(answer, number, order, mayPause: false, out _));
            }
            catch (HttpRequestException exception) when (exception.InnerException is NotConnectedException)
            {
                Interlocked.Increment(ref refused);
                await Task.Delay(Pause, CancellationToken.None);
            }
            catch (Exception exception)
                when (exception is HttpRequestException or IOException or JsonException or OperationCanceledException)
            {
                Judged($"{exception.GetType().Name}: {exception.Message} {exception.InnerException?.Message}");
            }

            await Task.Delay(Pause / 4, CancellationToken.None);
        }
    }

    private static async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context,
        CancellationToken cancellationToken
    )
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new NotConnectedException(exception);
        }
    }

    private void Judged(string? fault)
    {
        Interlocked.Increment(ref calls);
        if (fault is null)
        {
            return;
        }

        if (IsLossExpected)
        {
            Interlocked.Increment(ref lost);
            return;
        }

        Interlocked.Increment(ref failed);
        Failures.Enqueue(fault);
    }

    /// <summary>There was no connection, so no call.</summary>
    private sealed class NotConnectedException(SocketException reason) : IOException(reason.Message, reason);
}
