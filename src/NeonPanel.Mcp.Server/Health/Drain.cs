using NeonPanel.Mcp.Server.Settings;

namespace NeonPanel.Mcp.Server.Health;

/// <summary>The time between the order to stop and the end of listening (rule F1). A proxy learns from <c>/readyz</c>
/// that this instance is to be left alone; what it sends until then is answered, with the end of the connection
/// announced. Without this, calls that are on their way when the listener closes would fail. Who does not ask
/// <c>/readyz</c> may connect at the last moment, and has a moment more to say what for.</summary>
internal sealed class Drain(ServerOptions server, ListeningSockets listening, TimeProvider time)
    : IHostedLifecycleService
{
    /// <summary>The whole stop, this time included: what is not done by then is cut off.</summary>
    public static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(23);

    private static readonly TimeSpan LastMoment = TimeSpan.FromMilliseconds(500);

    // Before the web server stops, which is a hosted service itself.
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
            // it must end now
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
