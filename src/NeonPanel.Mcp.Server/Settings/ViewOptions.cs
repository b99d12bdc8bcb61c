namespace NeonPanel.Mcp.Server.Settings;

/// <summary>Whether the server offers views of tool results to MCP hosts.</summary>
/// <param name="IsOn">If false, clients see neither views nor references to them.</param>
internal sealed record ViewOptions(bool IsOn)
{
    public static ViewOptions Read(SettingsReader settings) => new(settings.Flag("Mcp:Views", false));
}
