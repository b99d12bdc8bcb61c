using System.Diagnostics.Metrics;

namespace NeonPanel.Mcp.Server.Telemetry;

/// <summary>What the server counts. Tags hold tool names, statuses and reasons, never anything of a person or of a call's content
/// (rule F2). While nobody listens, an instrument costs some nanoseconds.</summary>
internal sealed class ServerMetrics
{
    public const string MeterName = "NeonPanel.Mcp";

    private readonly Counter<long> drift;

    public ServerMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        drift = meter.CreateCounter<long>("mcp.answer.drift", "{answer}", "Answers with a member that the specification does not have, or has otherwise.");
    }

    /// <param name="pointer">Where in the answer; one of a bounded number.</param>
    public void Drifted(string tool, string pointer, string found) =>
        drift.Add(1, new("mcp.tool", tool), new("pointer", pointer), new KeyValuePair<string, object?>("found", found));
}
