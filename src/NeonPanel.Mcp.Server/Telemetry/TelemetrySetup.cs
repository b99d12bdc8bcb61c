using Microsoft.Extensions.DependencyInjection.Extensions;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Telemetry;

/// <summary>What is watched, and where it is told.</summary>
internal static class TelemetrySetup
{
    private static readonly TimeSpan LogGathering = TimeSpan.FromMilliseconds(50);

    /// <summary>Sets up the log.</summary>
    /// <param name="isJson">Whether the log goes to standard output as one JSON object a line. Otherwise the
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

        // The framework logs paths and query strings, and the SDK logs whole messages (rule F2).
        logging
            .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
            .AddFilter("System.Net.Http", LogLevel.Warning)
            .AddFilter("ModelContextProtocol", LogLevel.None);
        // A client can cause one of these lines with each connection above Limits:MaxConnections; a metric of Kestrel
        // counts them.
        logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel.Connections", LogLevel.Error);
        // While this log is on, ASP.NET Core makes a span of each request, whether or not anything listens.
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
