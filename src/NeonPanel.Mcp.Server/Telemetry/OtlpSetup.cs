using NeonPanel.Mcp.Tools;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace NeonPanel.Mcp.Server.Telemetry;

/// <summary>Adds the export of traces, metrics and logs by OTLP. Without a collector nothing is added, so no listener
/// costs time.</summary>
internal static class OtlpSetup
{
    public static IServiceCollection AddOtlp(
        this IServiceCollection services,
        OtlpOptions options,
        ToolCatalog catalog,
        string version
    )
    {
        services
            .AddSingleton(options)
            .AddSingleton<OtlpWatch>()
            .AddSingleton<SafeLogRecords>()
            .AddSingleton<HttpSpans>();
        services
            .AddOptions<OtlpExporterOptions>()
            .Configure<OtlpWatch>((exporter, watch) => exporter.HttpClientFactory = watch.Client);
        services
            .AddOpenTelemetry()
            // Environment variables have priority: OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES.
            .ConfigureResource(resource =>
                resource.AddService(catalog.ApiName + " MCP", serviceVersion: version).AddEnvironmentVariableDetector()
            )
            .WithTracing(traces =>
                traces
                    .AddSource(ServerTraces.SourceName)
                    .AddAspNetCoreInstrumentation(HttpSpans.Configure)
                    .AddProcessor(provider => provider.GetRequiredService<HttpSpans>())
                    .AddOtlpExporter(exporter => Aim(exporter, options, "traces"))
            )
            .WithMetrics(metrics =>
                metrics
                    .AddMeter(ServerMetrics.MeterName, "System.Runtime")
                    .AddAspNetCoreInstrumentation()
                    .AddOtlpExporter(exporter => Aim(exporter, options, "metrics"))
            )
            .WithLogging(
                logs =>
                    logs.AddProcessor(provider => provider.GetRequiredService<SafeLogRecords>())
                        .AddOtlpExporter(exporter => Aim(exporter, options, "logs")),
                records =>
                {
                    records.IncludeFormattedMessage = true;
                    records.IncludeScopes = false;
                }
            );
        return services;
    }

    private static void Aim(OtlpExporterOptions exporter, OtlpOptions options, string signal)
    {
        exporter.Endpoint = options.Of(signal);
        exporter.Protocol = options.Protocol;
        exporter.TimeoutMilliseconds = (int)options.Timeout.TotalMilliseconds;
    }
}
