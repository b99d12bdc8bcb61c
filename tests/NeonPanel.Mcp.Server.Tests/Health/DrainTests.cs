using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Health;

/// <summary>The time between the stop signal and the end of the server (rule F1), in this process and by a clock of the
/// test.</summary>
internal sealed class DrainTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Test]
    public async Task Drain_ItsEndWithAConnectionJustMade_AnswersWhatItSays()
    {
        var time = new DrainClock();
        await using var server = await ProtectedServer.StartAsync([("Server:DrainTime", "7s")], _ => [], time);
        using var client = new TcpClient();
        await client.ConnectAsync("localhost", new Uri(server.Address).Port);
        server.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication(); // as the signal does
        var stop = server.StopAsync();
        await time.Draining;
        time.Advance(DrainClock.DrainTime);
        await UntilRefusedAsync(new Uri(server.Address).Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray());
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync();
        Assert.That(answer, Does.StartWith("HTTP/1.1 200 OK"));
        Assert.That(answer, Does.Contain("Connection: close"));
        Assert.That(stop.IsCompleted, Is.False);
        time.Advance(TimeSpan.FromSeconds(1));
        await stop.WaitAsync(Patience);
    }

    // A proxy may send requests until it notices that the server is not ready.
    [Test]
    public async Task Drain_UntilItsEnd_ServesNewConnections()
    {
        var time = new DrainClock();
        await using var server = await ProtectedServer.StartAsync([("Server:DrainTime", "7s")], _ => [], time);
        var stop = server.StopAsync();
        await time.Draining;
        time.Advance(DrainClock.DrainTime - TimeSpan.FromSeconds(1));
        Assert.That((int)await server.StatusAsync(server.Issuer.Token()), Is.EqualTo(200));
        Assert.That(stop.IsCompleted, Is.False);
        time.Advance(TimeSpan.FromSeconds(1));
        await UntilRefusedAsync(new Uri(server.Address).Port);
        time.Advance(TimeSpan.FromSeconds(1));
        await stop.WaitAsync(Patience);
    }

    // The default in development. The clock stands still, so a pause would never end.
    [Test]
    public async Task Drain_OfNoTime_StopsAtOnce()
    {
        await using var server = await ProtectedServer.StartAsync([], _ => [], new DrainClock());
        await server.StopAsync().WaitAsync(Patience);
    }

    // The host cancels the stop after Drain.LongestStop.
    [Test]
    public async Task Drain_ThatTheHostCancels_StopsAtOnceWithoutAFault()
    {
        var time = new DrainClock();
        await using var server = await ProtectedServer.StartAsync([("Server:DrainTime", "7s")], _ => [], time);
        using var longest = new CancellationTokenSource();
        var stop = server.Services.GetServices<IHostedService>().OfType<IHostedLifecycleService>().Single();
        var draining = stop.StoppingAsync(longest.Token);
        await time.Draining;
        Assert.That(draining.IsCompleted, Is.False);
        await longest.CancelAsync();
        await draining.WaitAsync(Patience);
        time.Advance(DrainClock.DrainTime);
    }

    private static async Task UntilRefusedAsync(int port)
    {
        for (var tries = 0; tries < 1000; tries++)
        {
            try
            {
                using var late = new TcpClient();
                await late.ConnectAsync("localhost", port);
                await Task.Yield();
            }
            catch (SocketException)
            {
                return;
            }
        }

        Assert.Fail("The server still listens.");
    }

    /// <summary>Stands still, and tells when the drain waits.</summary>
    private sealed class DrainClock() : FakeTimeProvider(System.GetUtcNow())
    {
        private readonly TaskCompletionSource draining = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Gets a time that nothing else waits for.</summary>
        public static TimeSpan DrainTime { get; } = TimeSpan.FromSeconds(7);

        public Task Draining => draining.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            if (dueTime == DrainTime)
            {
                draining.TrySetResult();
            }

            return timer;
        }
    }
}
