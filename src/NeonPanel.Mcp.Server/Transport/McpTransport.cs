using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Server;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Transport;

/// <summary>MCP in and out: the SDK's stateless Streamable HTTP, in front of a table that is made once.</summary>
internal static class McpTransport
{
    public static IServiceCollection AddMcpTransport(
        this IServiceCollection services, ToolCatalog catalog, TransportOptions options, ServerOptions server, string version)
    {
        var identity = new ServerIdentity(catalog, server, version);
        services.AddSingleton(options).AddHttpContextAccessor();
        services.AddSingleton(identity).AddSingleton(new ToolLists(catalog, options.OutputSchemas, identity.Json)).AddSingleton<ToolRequests>();
        services.AddOptions<McpServerOptions>().Configure<ToolRequests>((mcp, requests) =>
        {
            mcp.ServerInfo = identity.Info;
            mcp.ServerInstructions = catalog.Instructions.Length > 0 ? catalog.Instructions : null;
            mcp.Capabilities = new() { Tools = new() };
            mcp.Filters.Message.IncomingFilters.Add(Revisions.Filter);
            mcp.Filters.Message.IncomingFilters.Add(requests.Filter);
        });
        services.AddMcpServer().WithHttpTransport(http => http.SessionMode = HttpServerSessionMode.Stateless);
        return services;
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
