using NeonPanel.Mcp.Server.Settings;

namespace NeonPanel.Mcp.Server.Transport.LegacySse;

/// <summary>Limits of the older HTTP+SSE transport (revision 2024-11-05).</summary>
/// <param name="MaxSessions">Open streams of all users.</param>
/// <param name="MaxSessionsPerUser">Open streams of one token subject.</param>
/// <param name="IdleTimeout">A stream without a message in either direction for this long ends.</param>
internal sealed record LegacySseOptions(bool Enabled, int MaxSessions, int MaxSessionsPerUser, TimeSpan IdleTimeout)
{
    public static LegacySseOptions Read(SettingsReader settings) =>
        new(
            settings.Flag("Mcp:LegacySse:Enabled", true),
            (int)settings.Integer("Mcp:LegacySse:MaxSessions", 10_000, 1, 1_000_000),
            (int)settings.Integer("Mcp:LegacySse:MaxSessionsPerUser", 20, 1, 1_000_000),
            settings.Duration("Mcp:LegacySse:IdleTimeout", TimeSpan.FromMinutes(10))
        );
}
