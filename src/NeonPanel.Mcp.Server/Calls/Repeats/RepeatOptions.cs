using NeonPanel.Mcp.Server.Settings;

namespace NeonPanel.Mcp.Server.Calls.Repeats;

/// <summary>Settings for the memory of writes, by which the server notices a repeated one.</summary>
/// <param name="IsOn">Whether repeated writes are held back.</param>
/// <param name="Window">The time for which a write is remembered after it ended.</param>
internal sealed record RepeatOptions(bool IsOn, TimeSpan Window)
{
    public static RepeatOptions Read(SettingsReader settings) =>
        new(
            settings.Flag("Writes:HoldRepeats", true),
            settings.Duration("Writes:RepeatWindow", TimeSpan.FromMinutes(10))
        );
}
