using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Upstream;

namespace NeonPanel.Mcp.Server.Calls.Totals;

/// <summary>How much one call may read of a list.</summary>
/// <param name="MaxTime">Longest duration. Rows that were read until then are returned.</param>
/// <param name="MaxRows">Most rows. The page that reaches the limit is read to its end.</param>
internal sealed record TotalsOptions(TimeSpan MaxTime, int MaxRows)
{
    // The whole call must end in time too.
    private static readonly int LongestSeconds = (int)UpstreamOptions.MaxToolCall.TotalSeconds - 1;

    public static TotalsOptions Read(SettingsReader settings) =>
        new(
            TimeSpan.FromSeconds(settings.Integer("Totals:MaxSeconds", 40, 1, LongestSeconds)),
            (int)settings.Integer("Totals:MaxRows", 10_000, 1, 1_000_000)
        );
}
