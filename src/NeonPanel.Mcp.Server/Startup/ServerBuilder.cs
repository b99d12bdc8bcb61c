using System.Net.Sockets;
using NeonPanel.Mcp.Server.Answers;
using NeonPanel.Mcp.Server.Arguments;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Calls;
using NeonPanel.Mcp.Server.Composition;
using NeonPanel.Mcp.Server.Discovery;
using NeonPanel.Mcp.Server.Edge;
using NeonPanel.Mcp.Server.Failures;
using NeonPanel.Mcp.Server.Files;
using NeonPanel.Mcp.Server.Health;
using NeonPanel.Mcp.Server.Instances;
using NeonPanel.Mcp.Server.Messages;
using NeonPanel.Mcp.Server.Pages;
using NeonPanel.Mcp.Server.Research;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Telemetry;
using NeonPanel.Mcp.Server.Transport;
using NeonPanel.Mcp.Server.Transport.LegacySse;
using NeonPanel.Mcp.Server.Upstream;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Startup;

/// <summary>The server's table of contents: its folders, added and mapped in the order in which a request passes
/// them.</summary>
internal static class ServerBuilder
{
    /// <summary>Reads the settings from file, environment and command line once. The server ignores later changes,
    /// because watching the files would scan the whole working folder.</summary>
    public static WebApplicationBuilder Create(string[] args) =>
        WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false", .. args]);

    /// <summary>Adds the server for a catalog.</summary>
    /// <exception cref="SettingsException">Settings are wrong or missing; the exception lists all of them.</exception>
    public static WebApplicationBuilder AddNeonPanelMcp(this WebApplicationBuilder builder, ToolCatalog catalog)
    {
        catalog = ResearchTools.AddTo(catalog);
        var reader = new SettingsReader(builder.Configuration);
        var settings = ServerSettings.Read(reader, builder.Environment.IsDevelopment(), catalog);
        if (reader.Faults.Count > 0)
        {
            throw new SettingsException(reader.Faults);
        }

        builder.Logging.AddServerLog(isJson: !builder.Environment.IsDevelopment());
        builder.AddEdge(settings.Limits);
        builder
            .Services.AddSingleton(TimeProvider.System)
            .AddSingleton(catalog)
            .AddSingleton(settings.Server)
            .AddSingleton(settings.Discovery)
            .AddSingleton(new McpAddresses(catalog, settings.Transport.DefaultProfile, settings.LegacySse.Enabled))
            // Hosted services stop in reverse order: streams and calls end before the log and the metrics do.
            .AddTelemetry(settings.Telemetry, catalog, ServerVersion.Number)
            .AddHealth()
            .AddMessages(catalog, settings.Files.MaxBytes, settings.Limits.MaxRequestBytes)
            .AddTokenAuthentication(settings.Auth)
            .AddArguments()
            .AddFiles(settings.Files)
            .AddInstances(settings.Redis, settings.StateKey)
            .AddCalls(settings.Totals, settings.Repeats, settings.Forms)
            .AddUpstream(settings.Upstream, settings.Credential, ServerVersion.Number)
            .AddFailures()
            .AddAnswers(settings.Answers)
            .AddComposition(settings.Composition)
            .AddMcpTransport(
                catalog,
                settings.Transport,
                settings.Views,
                settings.Server,
                ServerVersion.Full(catalog),
                hasRedis: settings.Redis is not null
            )
            .AddLegacySse(settings.LegacySse);
        return builder;
    }

    /// <summary>Adds the middlewares and endpoints.</summary>
    public static WebApplication MapNeonPanelMcp(this WebApplication app)
    {
        var catalog = app.Services.GetRequiredService<ToolCatalog>();
        var server = app.Services.GetRequiredService<ServerOptions>();
        var auth = app.Services.GetRequiredService<AuthOptions>();
        var discovery = app.Services.GetRequiredService<DiscoveryOptions>();
        SignInReport.Write(app.Logger, auth, discovery);

        app.UseEdge();
        app.UseTokenAuthentication();
        app.UseMcpTransport();
        app.UseRouting();

        app.MapDiscovery(server, auth, discovery, catalog);
        app.MapHealth(catalog, ServerVersion.Number);
        app.MapPages(catalog, server, ServerVersion.Number);
        app.MapMcpTransport();
        app.MapLegacySse();
        return app;
    }

    /// <summary>Starts the server.</summary>
    /// <exception cref="SettingsException">The server cannot listen on a configured address: the address does not
    /// exist, is in use or not permitted, or has no certificate.</exception>
    public static async Task ListenAsync(this WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (Exception exception)
            when (exception is IOException or SocketException or FormatException or InvalidOperationException)
        {
            throw new SettingsException([
                $"ASPNETCORE_URLS and ASPNETCORE_HTTP_PORTS must name addresses to listen on: {exception.Message.ReplaceLineEndings(" ")}",
            ]);
        }
    }
}
