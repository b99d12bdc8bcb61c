using System.Buffers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NeonPanel.Mcp.Sandbox;
using NeonPanel.Mcp.Server.Startup;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Server.Transport;
using NeonPanel.Mcp.Tools.Generated;

namespace NeonPanel.Mcp.Server.Tests.Transport;

/// <summary>The same server twice in front of the same API: with the fast path, and with the SDK alone.</summary>
internal sealed class TwoPaths : IAsyncDisposable
{
    private readonly SandboxHost sandbox;
    private readonly WebApplication fast;
    private readonly WebApplication slow;

    private TwoPaths(
        SandboxHost sandbox,
        (WebApplication App, Uri Address) fast,
        (WebApplication App, Uri Address) slow
    )
    {
        (this.sandbox, this.fast, this.slow) = (sandbox, fast.App, slow.App);
        (Fast, Slow) = (new(fast.Address, sandbox.Token), new(slow.Address, sandbox.Token));
        (FastAnonymous, SlowAnonymous) = (new(fast.Address, null), new(slow.Address, null));
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
    private static async Task<(WebApplication App, Uri Address)> FrontAsync(
        SandboxHost sandbox,
        string? upstream,
        bool isFast
    )
    {
        var port = LoopbackPorts.FreePair();
        var builder = SandboxHost
            .CreateBuilder(
                port,
                new()
                {
                    ["Server:PublicUrl"] = sandbox.Address.ToString().TrimEnd('/'),
                    ["Auth:Issuer"] = sandbox.Issuer.ToString().TrimEnd('/'),
                    ["Upstream:BaseAddress"] = upstream ?? sandbox.Issuer.ToString().TrimEnd('/'),
                    ["Auth:AnonymousDiscovery"] = "true",
                    ["Limits:CallsPerMinutePerUser"] = "100000",
                    ["Limits:AnonymousRequestsPerMinute"] = "100000",
                }
            )
            .AddNeonPanelMcp(GeneratedCatalog.Create());
        builder.Services.AddSingleton(new TransportOptions("all", OutputSchemas: true) { FastPath = isFast });
        builder.Services.AddSingleton<ArrayPool<byte>>(new SpoilingPool());
        var app = builder.Build().MapNeonPanelMcp();
        await app.StartAsync();
        return (app, new($"http://localhost:{port}"));
    }
}
