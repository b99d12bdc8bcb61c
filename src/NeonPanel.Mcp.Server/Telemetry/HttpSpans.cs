using System.Diagnostics;
using NeonPanel.Mcp.Server.Settings;
using OpenTelemetry;
using OpenTelemetry.Instrumentation.AspNetCore;

namespace NeonPanel.Mcp.Server.Telemetry;

/// <summary>Filters the spans of HTTP requests, removes their query strings (rule F2) and names them after their route
/// or address.</summary>
internal sealed class HttpSpans(McpAddresses addresses) : BaseProcessor<Activity>
{
    public static void Configure(AspNetCoreTraceInstrumentationOptions options) =>
        // No spans for health checks, which the platform sends every few seconds, nor for another server in the same
        // process, such as the sandbox's.
        options.Filter = context =>
            !ServerPaths.IsHealth(context.Request.Path)
            && context.RequestServices.GetService<McpAddresses>() is not null;

    public override void OnEnd(Activity data)
    {
        if (data.GetTagItem("url.path") is not string path)
        {
            return;
        }

        data.SetTag("url.query", null);
        // Middlewares answer most requests before routing, so those requests have no route.
        if (addresses.Find(path) is not null)
        {
            var route = path.ToLowerInvariant();
            data.SetTag("http.route", route);
            data.DisplayName = $"{data.GetTagItem("http.request.method")} {route}";
        }
    }
}
