using NeonPanel.Mcp.Server.Settings;

namespace NeonPanel.Mcp.Server.Telemetry;

/// <summary>What the server tells of itself.</summary>
/// <param name="DriftSample">The part of all answers that is compared with its schema, from 0 (none) to 1.</param>
internal sealed record TelemetryOptions(double DriftSample)
{
    public static TelemetryOptions Read(SettingsReader settings) => new(settings.Percent("Telemetry:DriftSample", 1) / 100);
}
