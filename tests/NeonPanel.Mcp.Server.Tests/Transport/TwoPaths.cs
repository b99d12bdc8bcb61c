using Microsoft.Extensions.DependencyInjection;
using NeonPanel.Mcp.Sandbox;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Server.Transport;

namespace NeonPanel.Mcp.Server.Tests.Transport;

/// <summary>The same server twice in front of the same API: with the fast path, and with the SDK alone.</summary>
internal sealed class TwoPaths : IAsyncDisposable
{
    private readonly SandboxHost sandbox;
    private readonly LocalServer fast;
    private readonly LocalServer slow;

    private TwoPaths(SandboxHost sandbox, LocalServer fast, LocalServer slow)
    {
        this.sandbox = sandbox;
        this.fast = fast;
        this.slow = slow;
        Fast = new(new(fast.Address), sandbox.Token);
        Slow = new(new(slow.Address), sandbox.Token);
        FastAnonymous = new(new(fast.Address), null);
        SlowAnonymous = new(new(slow.Address), null);
    }

    public RpcClient Fast { get; }

    public RpcClient Slow { get; }

    public RpcClient FastAnonymous { get; }

    public RpcClient SlowAnonymous { get; }

    /// <param name="upstream">The API, when it is not the sandbox's.</param>
    public static async Task<TwoPaths> StartAsync(string? upstream = null)
    {
        var sandbox = await SandboxHost.StartAsync(LoopbackPorts.FreePair());
        return new(
            sandbox,
            await FrontAsync(sandbox, upstream, isFast: true),
            await FrontAsync(sandbox, upstream, isFast: false)
        );
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in new[] { Fast, Slow, FastAnonymous, SlowAnonymous })
        {
            client.Dispose();
        }

        await fast.DisposeAsync();
        await slow.DisposeAsync();
        await sandbox.DisposeAsync();
    }

    // Both say the same address of themselves, so that nothing they write differs by it.
    private static Task<LocalServer> FrontAsync(SandboxHost sandbox, string? upstream, bool isFast)
    {
        var issuer = sandbox.Issuer.ToString().TrimEnd('/');
        return LocalServer.StartAsync(
            new(LoopbackPorts.FreePair(), issuer, upstream ?? issuer)
            {
                PublicUrl = sandbox.Address.ToString().TrimEnd('/'),
                Settings =
                [
                    ("Auth:AnonymousDiscovery", "true"),
                    ("Limits:CallsPerMinutePerUser", "100000"),
                    ("Limits:AnonymousRequestsPerMinute", "100000"),
                ],
                Configure = builder =>
                    builder.Services.AddSingleton(
                        new TransportOptions("all", OutputSchemas: true) { FastPath = isFast }
                    ),
            }
        );
    }
}
