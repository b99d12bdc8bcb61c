using NeonPanel.Mcp.Sandbox.Api;
using NeonPanel.Mcp.Sandbox.AuthorizationServer;
using NeonPanel.Mcp.Sandbox.TryIt;
using NeonPanel.Mcp.Server.Pages;
using NeonPanel.Mcp.Server.Startup;
using NeonPanel.Mcp.Tools.Generated;

namespace NeonPanel.Mcp.Sandbox;

/// <summary>The real MCP server on one port; an embedded NeonPanel and authorization server on the next. No account, no
/// network, no settings.</summary>
internal sealed class SandboxHost : IAsyncDisposable
{
    private readonly WebApplication front;
    private readonly WebApplication back;

    private SandboxHost(WebApplication front, WebApplication back, int port, string token, IssuerBehavior behavior)
    {
        Behavior = behavior;
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

    /// <summary>Gets how the authorization server behaves.</summary>
    public IssuerBehavior Behavior { get; }

    /// <summary>Gets the access token that the console prints. It also permits changing the keys.</summary>
    public string Token { get; }

    /// <summary>Starts both.</summary>
    /// <param name="behavior">How the authorization server behaves; <see langword="null"/> for the default.</param>
    /// <param name="time">Clock of the authorization server; <see langword="null"/> for the system's.</param>
    /// <exception cref="IOException">A port is taken.</exception>
    public static async Task<SandboxHost> StartAsync(
        int port,
        IssuerBehavior? behavior = null,
        TimeProvider? time = null
    )
    {
        behavior ??= IssuerBehavior.Default;
        var issuer = new TokenIssuer($"http://localhost:{port + 1}", $"http://localhost:{port}", behavior, time);
        var token = issuer.Create("sandbox-user", "sandbox", issuer.Audiences);
        var back = CreateBuilder(port + 1, []).Build();
        back.UseRequestGuard(port + 1);
        back.MapAuthorizationServer(issuer, token);
        back.MapSandboxApi(issuer);
        var catalog = GeneratedCatalog.Create();
        var builder = CreateBuilder(
                port,
                new()
                {
                    ["Server:PublicUrl"] = issuer.Resource,
                    ["Auth:Issuer"] = issuer.Issuer,
                    ["Upstream:BaseAddress"] = issuer.Issuer,
                    ["Mcp:Views"] = Environment.GetEnvironmentVariable("Mcp__Views"),
                    ["Discovery:AuthorizationServerMetadata"] = AuthorizationMetadata
                        .Write(issuer.Issuer, behavior)
                        .ToJsonString(),
                }
            )
            .AddNeonPanelMcp(catalog);
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

        return new(front, back, port, token, behavior);
    }

    public Task WaitForShutdownAsync() => front.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        await front.DisposeAsync();
        await back.DisposeAsync();
    }

    internal static WebApplicationBuilder CreateBuilder(int port, Dictionary<string, string?> settings)
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { EnvironmentName = Environments.Development }
        );
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls($"http://localhost:{port}");
        return builder;
    }
}
