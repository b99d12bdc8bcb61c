using System.Diagnostics;

namespace NeonPanel.Mcp.Benchmarks.Siege;

/// <summary>Asks <c>/healthz</c> over a new connection each time, as the container's check does.</summary>
internal sealed class HealthWatch(Uri address) : IDisposable
{
    /// <summary>The container's check allows 3 s; a third of it leaves room.</summary>
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly HttpClient http = new(
        new SocketsHttpHandler { UseProxy = false, PooledConnectionLifetime = TimeSpan.Zero }
    )
    {
        BaseAddress = address,
        Timeout = Longest,
    };

    public TimeSpan Slowest { get; private set; }

    /// <summary>Gets how often there was no answer, or not 200.</summary>
    public int Failed { get; private set; }

    public async Task RunAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            var clock = Stopwatch.StartNew();
            Failed += await IsHealthyAsync() ? 0 : 1;
            Slowest = clock.Elapsed > Slowest ? clock.Elapsed : Slowest;
            await Task.Delay(Pause, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<bool> IsHealthyAsync()
    {
        try
        {
            using var response = await http.GetAsync(new Uri("/healthz", UriKind.Relative));
            return response.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }
}
