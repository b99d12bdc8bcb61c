using System.Net.Sockets;
using System.Reflection;
using Microsoft.AspNetCore.HttpOverrides;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Discovery;
using NeonPanel.Mcp.Server.Edge;
using NeonPanel.Mcp.Server.Files;
using NeonPanel.Mcp.Server.Health;
using NeonPanel.Mcp.Server.Invocation;
using NeonPanel.Mcp.Server.Invocation.Names;
using NeonPanel.Mcp.Server.Pages;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Telemetry;
using NeonPanel.Mcp.Server.Transport;
using NeonPanel.Mcp.Server.Transport.LegacySse;
using NeonPanel.Mcp.Server.Transport.Plain;
using NeonPanel.Mcp.Server.Upstream;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server;

/// <summary>The rooms of the server, added and mapped in order.</summary>
internal static class ServerBuilder
{
    private const long MaxJwksBytes = 1024 * 1024;

    public static string Version { get; } =
        typeof(ServerBuilder).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";

    /// <summary>The version that clients see: the server's, and behind the plus sign (Semantic Versioning 2.0.0 §10) which
    /// specification and catalog run.</summary>
    public static string FullVersion(ToolCatalog catalog) => $"{Version}+spec.{catalog.SpecificationVersion}.catalog.{catalog.Hash}"
        .Aggregate("", (text, character) => text + (char.IsAsciiLetterOrDigit(character) || character is '.' or '+' ? character : '-'));

    /// <summary>Begins with the settings of file, environment and command line. They are read once: nothing takes a change while the
    /// server runs, and watching for one walks the whole working folder.</summary>
    public static WebApplicationBuilder Create(string[] args) => WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false", .. args]);

    /// <summary>Adds the server for a catalog.</summary>
    /// <exception cref="SettingsException">Settings are wrong or missing; it lists all of them.</exception>
    public static WebApplicationBuilder AddNeonPanelMcp(this WebApplicationBuilder builder, ToolCatalog catalog)
    {
        var settings = new SettingsReader(builder.Configuration);
        var (server, auth, discovery, upstream, credential, transport, views, invocation, files, limits, legacySse, telemetry) =
            ServerSettings.Read(settings, builder.Environment.IsDevelopment(), catalog);
        if (settings.Faults.Count > 0)
        {
            throw new SettingsException(settings.Faults);
        }

        builder.WebHost.AddConnectionLimits(limits);
        if (!builder.Environment.IsDevelopment())
        {
            builder.Logging.ClearProviders().AddJsonLines();
        }

        // The framework's own lines hold paths and query strings, the SDK's whole messages (rule F2).
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("System.Net.Http", LogLevel.Warning)
            .AddFilter("ModelContextProtocol", LogLevel.None);
        // While its log is on, ASP.NET Core makes a span of each request, whether or not somebody listens.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(catalog).AddSingleton(server).AddSingleton(auth).AddSingleton(discovery).AddSingleton(invocation).AddSingleton(limits).AddSingleton<RateLimits>();
        builder.Services.AddSingleton<TokenValidator>().AddSingleton<Challenges>();
        builder.Services.AddSingleton<UpstreamFailures>().AddSingleton<UpstreamCaller>();
        builder.Services.AddSingleton<AnswerHeaders>().AddSingleton<AnswerReader>();
        builder.Services.AddSingleton(_ => LargeArgumentTurns.ForThisMachine()).AddSingleton<ToolInvoker>();
        builder.Services.AddSingleton<NamedThings>().AddSingleton<NameLookup>();
        builder.Services.AddSingleton(services => new SigningKeys(
            auth,
            new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ActivityHeadersPropagator = null })
            {
                Timeout = TimeSpan.FromSeconds(3),
                MaxResponseContentBufferSize = MaxJwksBytes,
            },
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<SigningKeys>>(),
            services.GetRequiredService<ServerMetrics>()));
        builder.Services.AddSingleton(services => new FileBudget(files.MaxBytes, services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<FileLinks>().AddSingleton<FileFetch>().AddSingleton(services =>
            new FileDownload(files, FileDownload.PublicHandler(), services.GetRequiredService<TimeProvider>()));
        builder.Services.AddTelemetry(telemetry, catalog, Version).AddHealth();
        builder.Services.AddUpstream(upstream, credential, Version);
        builder.Services.AddMcpTransport(catalog, transport, views, server, FullVersion(catalog));
        builder.Services.AddSingleton(new McpAddresses(catalog, transport.DefaultProfile, legacySse.Enabled)).AddLegacySse(legacySse);
        return builder;
    }

    public static WebApplication MapNeonPanelMcp(this WebApplication app)
    {
        var services = app.Services;
        var (catalog, server, auth, discovery) = (services.GetRequiredService<ToolCatalog>(), services.GetRequiredService<ServerOptions>(),
            services.GetRequiredService<AuthOptions>(), services.GetRequiredService<DiscoveryOptions>());
        DescribeAtStart(app.Logger, auth, discovery);
        if (services.GetRequiredService<LimitOptions>().KnownProxies is { Count: > 0 } proxies)
        {
            var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var network in proxies)
            {
                forwarded.KnownIPNetworks.Add(network);
            }

            app.UseForwardedHeaders(forwarded);
        }

        app.UseMiddleware<EdgeMiddleware>();
        app.UseMiddleware<AuthenticationGate>();
        app.UseMiddleware<AnonymousAnswers>();
        app.UseMiddleware<UnknownSessionGuard>();
        if (services.GetRequiredService<TransportOptions>().FastPath)
        {
            app.UseMiddleware<FastPath>();
        }

        app.UseMiddleware<RefusedCallMiddleware>();
        app.UseMiddleware<MalformedMessageGuard>();
        app.UseMiddleware<JsonAnswerMiddleware>();
        app.UseRouting();
        app.MapDiscovery(server, auth, discovery, catalog);
        app.MapHealth(catalog, Version);
        app.MapPages(catalog, server, Version);
        app.MapMcpTransport();
        app.MapLegacySse();
        return app;
    }

    /// <summary>Starts the server.</summary>
    /// <exception cref="SettingsException">It cannot listen where it was told to: no such address, taken, not permitted, or no certificate.</exception>
    public static async Task ListenAsync(this WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (Exception exception) when (exception is IOException or SocketException or FormatException or InvalidOperationException)
        {
            throw new SettingsException([$"ASPNETCORE_URLS and ASPNETCORE_HTTP_PORTS must name addresses to listen on: {exception.Message.ReplaceLineEndings(" ")}"]);
        }
    }

    private static void DescribeAtStart(ILogger logger, AuthOptions auth, DiscoveryOptions discovery)
    {
        Log.AuthenticationMode(logger, auth.AudienceValidation, auth.EnforceToolScopes, auth.AnonymousDiscovery);
        if (auth.AudienceValidation == AudienceValidation.IssuerOnly)
        {
            Log.IssuerOnly(logger);
        }

        if (DiscoveryOptions.Issuer(discovery.AuthorizationServerMetadata) is { } issuer && issuer != auth.Issuer)
        {
            Log.OtherIssuer(logger, issuer, auth.Issuer);
        }
    }
}

/// <summary>Settings are wrong or missing.</summary>
internal sealed class SettingsException(IReadOnlyList<string> faults) : Exception(string.Join('\n', faults));
