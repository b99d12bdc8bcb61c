using NeonPanel.Mcp.Ledger.Generation;
using NeonPanel.Mcp.Sandbox.Api;
using NeonPanel.Mcp.Sandbox.Api.Answers;
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
    /// <summary>Subject of everyone who signs in.</summary>
    public const string User = "sandbox-user";

    private readonly WebApplication front;
    private readonly WebApplication back;

    private readonly TokenIssuer issuer;

    private SandboxHost(
        WebApplication front,
        WebApplication back,
        int port,
        TokenIssuer issuer,
        string token,
        Workspaces workspaces,
        LedgerOptions ledger
    )
    {
        this.issuer = issuer;
        Behavior = issuer.Behavior;
        Workspaces = workspaces;
        Today = Json.Text(ledger.Today);
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

    /// <summary>Gets the journals, by subject.</summary>
    public Workspaces Workspaces { get; }

    /// <summary>Gets the day that the books call today, as YYYY-MM-DD.</summary>
    public string Today { get; }

    /// <summary>Signs a token of another subject, which has a journal of its own.</summary>
    public string CreateToken(string subject) => issuer.Create(subject, "sandbox", issuer.Audiences);

    /// <summary>Starts both.</summary>
    /// <param name="behavior">How the authorization server behaves; <see langword="null"/> for the default.</param>
    /// <param name="time">Clock of the authorization server; <see langword="null"/> for the system's.</param>
    /// <param name="ledger">What the books hold; <see langword="null"/> for the usual.</param>
    /// <param name="dataFile">The file that keeps what is written; <see langword="null"/> to keep nothing.</param>
    /// <exception cref="InvalidDataException">The file cannot be used.</exception>
    /// <exception cref="IOException">A port is taken.</exception>
    public static async Task<SandboxHost> StartAsync(
        int port,
        IssuerBehavior? behavior = null,
        TimeProvider? time = null,
        LedgerOptions? ledger = null,
        string? dataFile = null
    )
    {
        behavior ??= IssuerBehavior.Default;
        // Generated while the servers start.
        ledger ??= LedgerOptions.Default;
        var workspaces = new Workspaces(ledger, dataFile);
        var issuer = new TokenIssuer($"http://localhost:{port + 1}", $"http://localhost:{port}", behavior, time);
        var token = issuer.Create(User, "sandbox", issuer.Audiences);
        var back = CreateBuilder(port + 1, []).Build();
        back.UseRequestGuard(port + 1);
        back.MapAuthorizationServer(issuer, token);
        new SandboxApi(issuer, workspaces).Map(back);
        back.Lifetime.ApplicationStopped.Register(workspaces.Dispose);
        var settings = ReadSettings();
        settings["Server:PublicUrl"] = issuer.Resource;
        settings["Auth:Issuer"] = issuer.Issuer;
        settings["Upstream:BaseAddress"] = issuer.Issuer;
        settings["Discovery:AuthorizationServerMetadata"] = AuthorizationMetadata
            .Write(issuer.Issuer, behavior)
            .ToJsonString();
        var builder = CreateBuilder(port, settings).AddNeonPanelMcp(GeneratedCatalog.Create());
        builder.Services.AddSingleton(new PageLinks(TryItEndpoints.Path));
        var front = builder.Build().MapNeonPanelMcp();
        front.MapTryIt(issuer.Issuer, Json.Text(ledger.Today));
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

        return new(front, back, port, issuer, token, workspaces, ledger);
    }

    public Task WaitForShutdownAsync() => front.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        await front.DisposeAsync();
        await back.DisposeAsync();
    }

    // Settings of the tools are to be tried; all others belong to the sandbox.
    private static Dictionary<string, string?> ReadSettings()
    {
        const string prefix = "Mcp__";
        var settings = new Dictionary<string, string?>();
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            var name = (string)variable.Key;
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                settings[name.Replace("__", ":", StringComparison.Ordinal)] = (string?)variable.Value;
            }
        }

        return settings;
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
