using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Transport.Hosts;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Transport;

/// <summary>Which tools the addresses offer, and how the server lists them.</summary>
/// <param name="DefaultProfile">Profile of the bare origin and of <c>/mcp</c>.</param>
/// <param name="OutputSchemas">Whether <c>tools/list</c> carries output schemas.</param>
internal sealed record TransportOptions(string DefaultProfile, bool OutputSchemas)
{
    /// <summary>Gets whether the server answers plain messages before the SDK. This is not a setting: tests and
    /// benchmarks turn it off to compare the two.</summary>
    public bool FastPath { get; init; } = true;

    /// <summary>Gets which hosts get the tool that tells the accounts of a user apart.</summary>
    public ProfileToolMode ProfileTool { get; init; } = ProfileToolMode.Auto;

    /// <summary>Gets whether a message with a session id gets 404. The id must come from another server, because this
    /// server opens no sessions.</summary>
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
            ProfileTool = settings.Choice("Mcp:ProfileTool", ProfileToolMode.Auto),
            RejectsSessions = settings.Choice("Mcp:UnknownSessions", "NotFound", "NotFound", "Ignore") == "NotFound",
        };
    }
}
