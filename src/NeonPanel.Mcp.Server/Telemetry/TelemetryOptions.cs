using NeonPanel.Mcp.Server.Settings;

namespace NeonPanel.Mcp.Server.Telemetry;

/// <summary>Which data the server reports about its own work.</summary>
/// <param name="DriftSample">The share of responses that the server compares with their schema, from 0 (no response) to
/// 1.</param>
internal sealed record TelemetryOptions(double DriftSample)
{
    /// <summary>Gets the collector of traces, metrics and logs, or <see langword="null"/> without one.</summary>
    public OtlpOptions? Otlp { get; init; }

    public static TelemetryOptions Read(SettingsReader settings) =>
        new(settings.Percent("Telemetry:DriftSample", 1) / 100) { Otlp = OtlpOptions.Read(settings) };
}
