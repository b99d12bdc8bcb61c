using NeonPanel.Mcp.Server.Settings;

namespace NeonPanel.Mcp.Server.Composition;

/// <summary>How much one call of a composed tool may read.</summary>
/// <param name="MaxRequests">Most requests to the API.</param>
/// <param name="MaxRows">Most rows that all steps together keep.</param>
/// <param name="Timeout">Longest duration. What was not read by then is reported as missing.</param>
internal sealed record CompositionOptions(int MaxRequests, int MaxRows, TimeSpan Timeout)
{
    /// <summary>Number of requests that run at the same time.</summary>
    public const int Parallel = 4;

    /// <summary>Largest answer to read, in bytes. As a document tree, an answer takes up to ten times as much
    /// memory.</summary>
    public const int MaxAnswerBytes = 1024 * 1024;

    public static CompositionOptions Read(SettingsReader settings) =>
        new(
            (int)settings.Integer("Composition:MaxRequests", 400, 1, 10_000),
            (int)settings.Integer("Composition:MaxRows", 10_000, 100, 1_000_000),
            settings.Duration("Composition:Timeout", TimeSpan.FromSeconds(40))
        );
}
