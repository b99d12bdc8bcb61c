using NeonPanel.Mcp.Sandbox.Api;
using NeonPanel.Mcp.Sandbox.AuthorizationServer;
using NeonPanel.Mcp.Sandbox.TryIt;
using NeonPanel.Mcp.Server;
using NeonPanel.Mcp.Server.Pages;
using NeonPanel.Mcp.Tools.Generated;

namespace NeonPanel.Mcp.Sandbox;

/// <summary>The real MCP server on one port; an embedded NeonPanel and authorization server on the next. No account, no
/// network, no settings.</summary>
internal sealed class SandboxHost : IAsyncDisposable
{
    private readonly WebApplication front;
    private readonly WebApplication back;

    private SandboxHost(WebApplication front, WebApplication back, int port, string token)
    {
        this.front = front;
        this.back = back;
        Token = token;
        Address = new($"http://localhost:{port}");
        Issuer = new($"http://localhost:{port + 1}");
    }

    /// <summary>Gets the address of the MCP server.</summary>
    public Uri Address { get; }

    /// <summary>Gets the address of the sandbox API and its authorization server.</summary>
    public Uri Issuer { get; }

    /// <summary>Gets a token that is good for an hour.</summary>
    public string Token { get; }

    /// <summary>Starts both.</summary>
    /// <exception cref="IOException">A port is taken.</exception>
    public static async Task<SandboxHost> StartAsync(int port)
    {
        var issuer = new TokenIssuer($"http://localhost:{port + 1}", $"http://localhost:{port}");
        var back = CreateBuilder(port + 1, []).Build();
        back.MapAuthorizationServer(issuer);
        back.MapSandboxApi(issuer);
        var catalog = GeneratedCatalog.Create();
        var builder = CreateBuilder(port, new()
        {
            ["Server:PublicUrl"] = issuer.Resource,
            ["Auth:Issuer"] = issuer.Issuer,
            ["Upstream:BaseAddress"] = issuer.Issuer,
            ["Mcp:Views"] = Environment.GetEnvironmentVariable("Mcp__Views"),
            ["Discovery:AuthorizationServerMetadata"] = AuthorizationEndpoints.Metadata(issuer.Issuer),
        }).AddNeonPanelMcp(catalog);
        builder.Services.AddSingleton(new PageLinks(TryItEndpoints.Path));
        var front = builder.Build().MapNeonPanelMcp();
        front.MapTryIt(catalog, issuer.Issuer);
        await back.StartAsync();
        try
        {
            await front.StartAsync();
        }
        catch
        {
            await back.DisposeAsync();
            throw;
        }

        return new(front, back, port, issuer.Create("sandbox-user", "sandbox", issuer.Audiences));
    }

    public Task WaitForShutdownAsync() => front.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        await front.DisposeAsync();
        await back.DisposeAsync();
    }

    internal static WebApplicationBuilder CreateBuilder(int port, Dictionary<string, string?> settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = Environments.Development });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls($"http://localhost:{port}");
        return builder;
    }
}
