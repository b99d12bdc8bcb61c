using NeonPanel.Mcp.Server.Settings;

namespace NeonPanel.Mcp.Server.Telemetry;

/// <summary>What the server tells of itself.</summary>
/// <param name="DriftSample">The part of all answers that is compared with its schema, from 0 (none) to 1.</param>
internal sealed record TelemetryOptions(double DriftSample)
{
    /// <summary>Gets where traces, metrics and logs go, or <see langword="null"/> when nobody takes them.</summary>
    public OtlpOptions? Otlp { get; init; }

    public static TelemetryOptions Read(SettingsReader settings) =>
        new(settings.Percent("Telemetry:DriftSample", 1) / 100) { Otlp = OtlpOptions.Read(settings) };
}
