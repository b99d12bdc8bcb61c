using System.Diagnostics;
using NeonPanel.Mcp.Server.Settings;
using OpenTelemetry;
using OpenTelemetry.Instrumentation.AspNetCore;

namespace NeonPanel.Mcp.Server.Telemetry;

/// <summary>The spans of HTTP requests, without their queries (rule F2) and named by the address that was
/// asked.</summary>
internal sealed class HttpSpans(McpAddresses addresses) : BaseProcessor<Activity>
{
    public static void Configure(AspNetCoreTraceInstrumentationOptions options) =>
        // The platform asks for its health every few seconds. Another server in the same process, such as a sandbox's,
        // is not this one.
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
        // Most of what is asked is answered ahead of routing, and has no route then.
        if (addresses.Find(path) is not null)
        {
            var route = path.ToLowerInvariant();
            data.SetTag("http.route", route);
            data.DisplayName = $"{data.GetTagItem("http.request.method")} {route}";
        }
    }
}
