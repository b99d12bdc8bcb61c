using System.Diagnostics;
using NeonPanel.Mcp.Server.Settings;

namespace NeonPanel.Mcp.Server.Telemetry;

/// <summary>The spans of a call, named as OpenTelemetry's conventions for MCP and HTTP have it: none holds an argument,
/// a result, a token or a query (rule F2). While nobody listens there are none, and asking for one allocates
/// nothing.</summary>
internal static class ServerTraces
{
    public const string SourceName = "NeonPanel.Mcp";

    private static readonly ActivitySource Source = new(SourceName, ServerVersion.Number);

    /// <summary>Gets whether somebody listens.</summary>
    public static bool IsOn => Source.HasListeners();

    /// <summary>Begins the span of a tool call.</summary>
    /// <param name="caller">The client's span, where the message names one. It is the parent then, and the HTTP request
    /// a link; otherwise the request is the parent.</param>
    public static Activity? StartCall(string tool, ActivityContext caller)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        ActivityLink[]? links =
            caller != default && Activity.Current is { IdFormat: ActivityIdFormat.W3C } request
                ? [new(request.Context)]
                : null;
        return Source.StartActivity(
            $"tools/call {tool}",
            ActivityKind.Server,
            caller,
            [
                new("mcp.method.name", "tools/call"),
                new("gen_ai.operation.name", "execute_tool"),
                new("gen_ai.tool.name", tool),
                new("network.transport", "tcp"),
            ],
            links
        );
    }

    /// <summary>Begins the span of a request to the API.</summary>
    /// <param name="template">Its path with placeholders: the path itself holds arguments.</param>
    public static Activity? StartUpstream(string method, string template, Uri address) =>
        Source.HasListeners()
            ? Source.StartActivity(
                $"{method} {template}",
                ActivityKind.Client,
                default(ActivityContext),
                [
                    new("http.request.method", method),
                    new("url.template", template),
                    new("server.address", address.Host),
                    new("server.port", address.Port),
                ]
            )
            : null;

    /// <summary>Marks a span as one that failed. Without a description: a message may hold what the caller
    /// sent.</summary>
    /// <param name="error">A word of a bounded set.</param>
    public static void Fail(this Activity span, string error) =>
        span.SetTag("error.type", error).SetStatus(ActivityStatusCode.Error);
}
