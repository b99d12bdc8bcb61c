using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Telemetry;

/// <summary>What is watched, and where it is told.</summary>
internal static class TelemetrySetup
{
    public static IServiceCollection AddTelemetry(this IServiceCollection services, TelemetryOptions options, ToolCatalog catalog, string version)
    {
        services.AddSingleton(options).AddSingleton<ServerMetrics>().AddSingleton<DriftCounts>()
            .AddSingleton<DriftWatch>().AddHostedService(provider => provider.GetRequiredService<DriftWatch>());
        return options.Otlp is { } otlp ? services.AddOtlp(otlp, catalog, version) : services;
    }
}
