using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Client;
using NeonPanel.Mcp.Sandbox;
using NeonPanel.Mcp.Sandbox.AuthorizationServer;
using NeonPanel.Mcp.Tools;
using WireMock.Server;
using WireMock.Settings;

namespace NeonPanel.Mcp.Server.Tests.Fixtures;

/// <summary>The server between two fakes: an authorization server that signs with a key made for the run, and an
/// upstream (WireMock) that fails on any request it was not told of.</summary>
internal sealed class StrictUpstream : IAsyncDisposable
{
    private readonly TokenIssuer issuer;
    private readonly WebApplication authorizationServer;
    private readonly LocalServer server;

    private StrictUpstream(
        TokenIssuer issuer,
        WebApplication authorizationServer,
        LocalServer server,
        WireMockServer upstream
    )
    {
        this.issuer = issuer;
        this.authorizationServer = authorizationServer;
        this.server = server;
        Upstream = upstream;
        Token = issuer.Create("user", "test", issuer.Audiences);
    }

    public WireMockServer Upstream { get; }

    public string Token { get; }

    public Uri Address => new(server.Address);

    /// <summary>Makes a token for another user, or for another client of a user.</summary>
    public string TokenOf(string subject, string client = "test") => issuer.Create(subject, client, issuer.Audiences);

    public static Task<StrictUpstream> StartAsync(params (string Name, string Value)[] settings) =>
        StartAsync(_ => { }, settings);

    /// <param name="replace">Puts services in the place of the server's own.</param>
    /// <param name="catalog">The tools, when they are not NeonPanel's.</param>
    public static async Task<StrictUpstream> StartAsync(
        Action<IServiceCollection> replace,
        (string Name, string Value)[] settings,
        ToolCatalog? catalog = null
    )
    {
        var port = LoopbackPorts.FreePair();
        var (address, issuerAddress) = ($"http://localhost:{port}", $"http://localhost:{port + 1}");
        var issuer = new TokenIssuer(issuerAddress, address);
        var authorizationServer = SandboxHost.CreateBuilder(port + 1, []).Build();
        authorizationServer.MapAuthorizationServer(issuer);
        // Without a mapping that fits, WireMock answers 404 with its own text: no test passes by accident.
        var upstream = WireMockServer.Start(new WireMockServerSettings { Urls = ["http://127.0.0.1:0"] });
        await authorizationServer.StartAsync();
        var options = new LocalServerOptions(port, issuerAddress, upstream.Url!)
        {
            Settings = settings,
            Configure = builder => replace(builder.Services),
        };
        var server = await LocalServer.StartAsync(catalog is null ? options : options with { Catalog = catalog });
        return new(issuer, authorizationServer, server, upstream);
    }

    public Task<McpClient> ConnectAsync(string path = "/mcp") =>
        McpClient.CreateAsync(
            new HttpClientTransport(
                new()
                {
                    Endpoint = new(server.Address + path),
                    TransportMode = HttpTransportMode.StreamableHttp,
                    AdditionalHeaders = new Dictionary<string, string>
                    {
                        ["Authorization"] = "Bearer " + Token,
                        ["X-Correlation-Id"] = "test-1",
                    },
                }
            )
        );

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await authorizationServer.DisposeAsync();
        Upstream.Dispose();
        issuer.Dispose();
    }
}
