using Microsoft.Extensions.DependencyInjection.Extensions;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Telemetry;

/// <summary>What is watched, and where it is told.</summary>
internal static class TelemetrySetup
{
    /// <summary>Writes the log to standard output, one JSON object a line.</summary>
    public static ILoggingBuilder AddJsonLines(this ILoggingBuilder logging)
    {
        logging.Services.AddSingleton<JsonLines>().AddSingleton<ILoggerProvider>(provider =>
            new LogOutput(provider.GetRequiredService<JsonLines>(), Console.OpenStandardOutput(), gathering: TimeSpan.FromMilliseconds(50)));
        return logging;
    }

    public static IServiceCollection AddTelemetry(this IServiceCollection services, TelemetryOptions options, ToolCatalog catalog, string version)
    {
        services.TryAddSingleton<ServerMetrics>();
        services.AddSingleton(options).AddSingleton<DriftCounts>()
            .AddSingleton<DriftWatch>().AddHostedService(provider => provider.GetRequiredService<DriftWatch>());
        return options.Otlp is { } otlp ? services.AddOtlp(otlp, catalog, version) : services;
    }
}
