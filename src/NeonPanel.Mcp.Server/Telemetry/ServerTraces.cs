using System.Diagnostics;
using NeonPanel.Mcp.Server.Settings;

namespace NeonPanel.Mcp.Server.Telemetry;

/// <summary>The spans of a call, named after OpenTelemetry's conventions for MCP and HTTP. They contain no argument,
/// result, token or query string (rule F2). Without a listener, no span is created and nothing is allocated.</summary>
internal static class ServerTraces
{
    public const string SourceName = "NeonPanel.Mcp";

    private static readonly ActivitySource Source = new(SourceName, ServerVersion.Number);

    /// <summary>Gets whether tracing has a listener.</summary>
    public static bool IsOn => Source.HasListeners();

    /// <summary>Starts the span of a tool call.</summary>
    /// <param name="caller">The client's span, if the message names one. It becomes the parent, and the HTTP request a
    /// link. Otherwise the request is the parent.</param>
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

    /// <summary>Starts the span of a request to the API.</summary>
    /// <param name="template">The operation's path with placeholders. The request's own path contains
    /// arguments.</param>
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

    /// <summary>Marks a span as failed. It sets no description, because an exception message may contain data of the
    /// caller.</summary>
    /// <param name="error">The kind of failure, one of a fixed set.</param>
    public static void Fail(this Activity span, string error) =>
        span.SetTag("error.type", error).SetStatus(ActivityStatusCode.Error);
}
