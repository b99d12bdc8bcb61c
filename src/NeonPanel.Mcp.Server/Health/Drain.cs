using NeonPanel.Mcp.Server.Settings;

namespace NeonPanel.Mcp.Server.Health;

/// <summary>Delays the stop, so that no call is lost (rule F1). From the stop signal on, <c>/readyz</c> tells the proxy
/// to send no more requests to this instance. The server still answers requests that arrive in this time, with
/// <c>Connection: close</c>. Without the delay, calls on their way would fail when the listener closes. Connections
/// that a client opened in the last moment get a little more time to send their request.</summary>
internal sealed class Drain(ServerOptions server, ListeningSockets listening, TimeProvider time)
    : IHostedLifecycleService
{
    /// <summary>Longest time of the whole stop, this delay included. After it, the server aborts what is still
    /// running.</summary>
    public static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(23);

    private static readonly TimeSpan LastMoment = TimeSpan.FromMilliseconds(500);

    // Runs before the web server stops, because the web server is a hosted service itself.
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(server.DrainTime, time, cancellationToken);
            if (server.DrainTime > TimeSpan.Zero)
            {
                await listening.CloseAsync(cancellationToken);
                await Task.Delay(LastMoment, time, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The host cancelled the delay: the server must stop now.
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
