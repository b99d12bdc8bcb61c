using System.Text.Json;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Http;
using NeonPanel.Mcp.Server.Telemetry;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Health;

/// <summary>Liveness and readiness.</summary>
internal static class HealthEndpoints
{
    // Some monitors send HEAD requests.
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static IServiceCollection AddHealth(this IServiceCollection services) =>
        services
            .AddHostedService<Drain>()
            .AddSingleton<ListeningSockets>()
            .AddSingleton<IConfigureOptions<SocketTransportOptions>>(
                provider => new ConfigureOptions<SocketTransportOptions>(sockets =>
                    sockets.CreateBoundListenSocket = provider.GetRequiredService<ListeningSockets>().Bind
                )
            )
            .Configure<HostOptions>(host => host.ShutdownTimeout = Drain.LongestStop)
            .AddSingleton(provider =>
                ActivatorUtilities.CreateInstance<DeepHealth>(provider, new HttpClient(DeepHealthHandler()))
            );

    private static SocketsHttpHandler DeepHealthHandler()
    {
        var handler = OutboundHandlers.Create(OutboundUse.DeepHealth);
        handler.MaxConnectionsPerServer = 1;
        return handler;
    }

    public static IEndpointRouteBuilder MapHealth(
        this IEndpointRouteBuilder endpoints,
        ToolCatalog catalog,
        string version
    )
    {
        var time = endpoints.ServiceProvider.GetRequiredService<TimeProvider>();
        var start = time.GetTimestamp();
        endpoints.MapMethods("/healthz", Reading, async context =>
        {
            // Liveness does not depend on other servers: if a platform restarted this server for their faults, it would
            // make matters worse.
            var checks =
                context.Request.Query["deep"] == "1"
                    ? await context.RequestServices.GetRequiredService<DeepHealth>().CheckAsync(context.RequestAborted)
                    : null;
            context.Response.ContentType = "application/json";
            await using var writer = new Utf8JsonWriter(context.Response.BodyWriter);
            writer.WriteStartObject();
            writer.WriteString("status", "ok");
            writer.WriteString("service", "neonpanel-mcp");
            writer.WriteString("version", version);
            writer.WriteString("specVersion", catalog.SpecificationVersion);
            writer.WriteString("catalogHash", catalog.Hash);
            writer.WriteNumber("tools", catalog.Tools.Count);
            writer.WriteNumber("uptimeSeconds", (long)time.GetElapsedTime(start).TotalSeconds);
            if (checks is not null)
            {
                writer.WriteString("jwks", checks.Jwks);
                writer.WriteString("upstream", checks.Upstream);
                writer.WritePropertyName("drift");
                context.RequestServices.GetRequiredService<DriftCounts>().WriteTo(writer);
            }

            writer.WriteEndObject();
        });
        endpoints.MapMethods("/readyz", Reading, async context =>
        {
            var keys = context.RequestServices.GetRequiredService<SigningKeys>();
            var isDraining = context
                .RequestServices.GetRequiredService<IHostApplicationLifetime>()
                .ApplicationStopping.IsCancellationRequested;
            var isReady = !isDraining && await keys.TryWarmUpAsync(context.RequestAborted);
            context.Response.StatusCode = isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(isReady ? "{\"status\":\"ready\"}" : "{\"status\":\"not ready\"}");
        });
        return endpoints;
    }
}
