using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Transport;

/// <summary>Which tools stand where, and how they are listed.</summary>
/// <param name="DefaultProfile">Profile of the bare origin and of <c>/mcp</c>.</param>
/// <param name="OutputSchemas">Whether <c>tools/list</c> carries output schemas.</param>
internal sealed record TransportOptions(string DefaultProfile, bool OutputSchemas)
{
    /// <summary>Gets whether plain messages are answered ahead of the SDK. No setting: tests and benchmarks compare the
    /// two.</summary>
    public bool FastPath { get; init; } = true;

    /// <summary>Gets whether a message of a session, which another server must have opened, gets 404.</summary>
    public bool RejectsSessions { get; init; } = true;

    public static TransportOptions Read(SettingsReader settings, ToolCatalog catalog)
    {
        var profile = settings.Text("Mcp:DefaultProfile") ?? "all";
        if (!catalog.Profiles.Contains(profile, StringComparer.Ordinal))
        {
            settings.Fault("Mcp:DefaultProfile", "must be one of " + string.Join(", ", catalog.Profiles), profile);
        }

        return new(profile, settings.Flag("Mcp:OutputSchemas", true))
        {
            RejectsSessions = settings.Choice("Mcp:UnknownSessions", "NotFound", "NotFound", "Ignore") == "NotFound",
        };
    }
}
