using System.Buffers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NeonPanel.Mcp.Sandbox;
using NeonPanel.Mcp.Server.Startup;

namespace NeonPanel.Mcp.Server.Tests.Fixtures;

/// <summary>The real server over a socket, in the process of the tests. All fixtures with a server of this process
/// start it here: its buffers are spoiled when they return to the pool, and its log is searched for secrets.</summary>
internal sealed class LocalServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private LocalServer(WebApplication app, string address)
    {
        this.app = app;
        Address = address;
    }

    /// <summary>Gets the address at which the server listens, without a slash at its end.</summary>
    public string Address { get; }

    public IServiceProvider Services => app.Services;

    public static async Task<LocalServer> StartAsync(LocalServerOptions options)
    {
        var address = $"http://localhost:{options.Port}";
        var configuration = new Dictionary<string, string?>
        {
            ["Server:PublicUrl"] = options.PublicUrl ?? address,
            ["Auth:Issuer"] = options.Issuer,
            ["Upstream:BaseAddress"] = options.Api,
        };
        foreach (var (name, value) in options.Settings)
        {
            configuration[name] = value;
        }

        var builder = SandboxHost.CreateBuilder(options.Port, configuration).AddNeonPanelMcp(options.Catalog);
        builder.Services.AddSingleton<ArrayPool<byte>>(new SpoilingPool());
        RunLogScan.Watch(builder.Logging);
        options.Configure?.Invoke(builder);
        var app = builder.Build().MapNeonPanelMcp();
        await app.StartAsync();
        return new(app, address);
    }

    /// <summary>Stops the server as SIGTERM does.</summary>
    public Task StopAsync() => app.StopAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
