using System.Globalization;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Health;

/// <summary>Liveness and readiness.</summary>
internal static class HealthEndpoints
{
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder endpoints, ToolCatalog catalog, string version)
    {
        var time = endpoints.ServiceProvider.GetRequiredService<TimeProvider>();
        var start = time.GetTimestamp();
        endpoints.MapGet("/healthz", context =>
        {
            context.Response.ContentType = "application/json";
            var uptime = ((long)time.GetElapsedTime(start).TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return context.Response.WriteAsync(
                $$"""{"status":"ok","service":"neonpanel-mcp","version":"{{version}}","specVersion":"{{catalog.SpecificationVersion}}","catalogHash":"{{catalog.Hash}}","tools":{{catalog.Tools.Count}},"uptimeSeconds":{{uptime}}}""");
        });
        endpoints.MapGet("/readyz", async context =>
        {
            var keys = context.RequestServices.GetRequiredService<SigningKeys>();
            var isDraining = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested;
            var isReady = !isDraining && await keys.TryWarmUpAsync(context.RequestAborted);
            context.Response.StatusCode = isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(isReady ? "{\"status\":\"ready\"}" : "{\"status\":\"not ready\"}");
        });
        return endpoints;
    }
}
