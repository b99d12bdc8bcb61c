using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Server;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Transport.Plain;
using NeonPanel.Mcp.Server.Views;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Transport;

/// <summary>Adds and maps the MCP transport: the SDK's stateless Streamable HTTP, with tool requests answered from a
/// table that is built once.</summary>
internal static class McpTransport
{
    public static IServiceCollection AddMcpTransport(
        this IServiceCollection services,
        ToolCatalog catalog,
        TransportOptions options,
        ViewOptions viewOptions,
        ServerOptions server,
        string version
    )
    {
        var identity = new ServerIdentity(catalog, server, version);
        var views = viewOptions.IsOn ? new ToolViews(catalog, identity.Info.Name) : null;
        services.AddSingleton(options).AddSingleton(viewOptions).AddHttpContextAccessor();
        services.AddSingleton(identity).AddSingleton<ToolRequests>();
        services.AddSingleton(provider => new ToolLists(
            catalog,
            options.OutputSchemas,
            identity.Json,
            provider.GetRequiredService<AuthOptions>(),
            views
        ));
        services
            .AddOptions<McpServerOptions>()
            .Configure<ToolRequests>(
                (mcp, requests) =>
                {
                    mcp.ServerInfo = identity.Info;
                    mcp.ServerInstructions = catalog.Instructions.Length > 0 ? catalog.Instructions : null;
                    mcp.Capabilities = new() { Tools = new() };
                    mcp.Filters.Message.IncomingFilters.Add(Revisions.Filter);
                    mcp.Filters.Message.IncomingFilters.Add(requests.Filter);
                    if (views is not null)
                    {
                        new ViewResources(catalog, views, requests).AddTo(mcp);
                    }
                }
            );
        services.AddMcpServer().WithHttpTransport(http => http.SessionMode = HttpServerSessionMode.Stateless);
        return services;
    }

    public static IApplicationBuilder UseMcpTransport(this IApplicationBuilder app)
    {
        app.UseMiddleware<UnknownSessionGuard>();
        if (app.ApplicationServices.GetRequiredService<TransportOptions>().FastPath)
        {
            app.UseMiddleware<FastPath>();
        }

        return app.UseMiddleware<RefusedCallMiddleware>()
            .UseMiddleware<MalformedMessageGuard>()
            .UseMiddleware<JsonAnswerMiddleware>();
    }

    public static IEndpointRouteBuilder MapMcpTransport(this IEndpointRouteBuilder endpoints)
    {
        foreach (var address in endpoints.ServiceProvider.GetRequiredService<McpAddresses>().Streamable)
        {
            endpoints.MapMcp(address.Suffix is "" ? "/" : address.Suffix);
        }

        return endpoints.MapIcon();
    }
}
