using Microsoft.Extensions.DependencyInjection.Extensions;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Telemetry;

/// <summary>Adds the log, the metrics, the traces and the comparison of responses.</summary>
internal static class TelemetrySetup
{
    private static readonly TimeSpan LogGathering = TimeSpan.FromMilliseconds(50);

    /// <summary>Sets up the log.</summary>
    /// <param name="isJson">Whether the log goes to standard output, one JSON object per line. Otherwise the
    /// framework's own output stays.</param>
    public static ILoggingBuilder AddServerLog(this ILoggingBuilder logging, bool isJson)
    {
        if (isJson)
        {
            logging
                .ClearProviders()
                .Services.AddSingleton<JsonLines>()
                .AddSingleton<ILoggerProvider>(provider => new LogOutput(
                    provider.GetRequiredService<JsonLines>(),
                    Console.OpenStandardOutput(),
                    LogGathering
                ));
        }

        // The framework logs paths and query strings, and the SDK logs whole messages; neither is allowed (rule F2).
        logging
            .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
            .AddFilter("System.Net.Http", LogLevel.Warning)
            .AddFilter("ModelContextProtocol", LogLevel.None);
        // Kestrel logs one line for each connection above Limits:MaxConnections, and clients can open connections at
        // will. A metric of Kestrel counts these connections.
        logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel.Connections", LogLevel.Error);
        // While this log is on, ASP.NET Core creates a span for each request, even without a listener.
        return logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
    }

    public static IServiceCollection AddTelemetry(
        this IServiceCollection services,
        TelemetryOptions options,
        ToolCatalog catalog,
        string version
    )
    {
        services.TryAddSingleton<ServerMetrics>();
        services
            .AddSingleton(options)
            .AddSingleton<DriftCounts>()
            .AddSingleton<DriftWatch>()
            .AddHostedService(provider => provider.GetRequiredService<DriftWatch>());
        return options.Otlp is { } otlp ? services.AddOtlp(otlp, catalog, version) : services;
    }
}
