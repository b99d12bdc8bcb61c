using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Server;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Transport.Forms;
using NeonPanel.Mcp.Server.Transport.Hosts;
using NeonPanel.Mcp.Server.Transport.LongWork;
using NeonPanel.Mcp.Server.Transport.Plain;
using NeonPanel.Mcp.Server.Transport.Skills;
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
        string version,
        bool hasRedis
    )
    {
        var identity = new ServerIdentity(catalog, server, version);
        var offer = new ViewOffer(viewOptions, new(catalog.Tools, identity.Info.Name));
        services.AddSingleton(options).AddSingleton(offer).AddHttpContextAccessor();
        services
            .AddSingleton(identity)
            .AddSingleton<HostMemory>()
            .AddSingleton(new HostOffer(options.ProfileTool))
            .AddSingleton(new ToolIcons(catalog, server.PublicUrl))
            .AddSingleton<ProfileTool>()
            .AddSingleton<TaskIds>()
            .AddSingleton<ToolRequests>()
            .AddSingleton<TaskRequests>()
            .AddSingleton<ViewResources>()
            .AddSingleton<SkillCompletions>()
            .AddSingleton<SkillRequests>()
            .AddSingleton<Instructions>();
        services.AddForms(hasRedis);
        services.AddSingleton(provider => new ToolLists(
            catalog,
            options.OutputSchemas,
            identity.Json,
            provider.GetRequiredService<AuthOptions>(),
            offer,
            provider.GetRequiredService<HostOffer>(),
            provider.GetRequiredService<ProfileTool>().Descriptor,
            provider.GetRequiredService<ToolIcons>()
        ));
        services
            .AddOptions<McpServerOptions>()
            .Configure<ToolRequests, HostMemory, TaskRequests>(
                (mcp, requests, hosts, tasks) =>
                {
                    mcp.ServerInfo = identity.Info;
                    mcp.Capabilities = new() { Tools = new() };
                    mcp.Filters.Message.IncomingFilters.Add(Revisions.Filter);
                    mcp.Filters.Message.IncomingFilters.Add(next => hosts.Filter(next, requests.OriginOf));
                    mcp.Filters.Message.IncomingFilters.Add(requests.Filter);
                    tasks.AddTo(mcp);
                }
            );
        services
            .AddMcpServer()
            .WithHttpTransport(http =>
            {
                http.SessionMode = HttpServerSessionMode.Stateless;
                http.ConfigureSessionOptions = SetWhatDependsOnTheClient;
            });
        return services;
    }

    private static Task SetWhatDependsOnTheClient(
        HttpContext http,
        McpServerOptions options,
        CancellationToken cancellationToken
    )
    {
        var services = http.RequestServices;
        if (services.GetRequiredService<McpAddresses>().Find(http.Request.Path) is { } address)
        {
            var origin = MessageOrigin.Of(http, address);
            services.GetRequiredService<Instructions>().Set(options, origin);
            services
                .GetRequiredService<TaskRequests>()
                .Announce(options, origin, Revisions.IsPerRequest(http.Request.Headers["MCP-Protocol-Version"]));
            services.GetRequiredService<ViewResources>().AddTo(options, origin);
            // After the views, whose resources it keeps.
            services.GetRequiredService<SkillRequests>().AddTo(options, origin);
        }

        return Task.CompletedTask;
    }

    public static IApplicationBuilder UseMcpTransport(this IApplicationBuilder app)
    {
        app.UseMiddleware<SessionAnnouncements>();
        app.UseMiddleware<FormMiddleware>();
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

        endpoints.ServiceProvider.GetRequiredService<ToolIcons>().Map(endpoints);
        return endpoints.MapIcon();
    }
}
