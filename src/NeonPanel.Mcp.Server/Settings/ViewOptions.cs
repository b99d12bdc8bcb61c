namespace NeonPanel.Mcp.Server.Settings;

/// <summary>Whether hosts are offered views of the answers.</summary>
/// <param name="IsOn">While it is off, no client sees anything of them.</param>
internal sealed record ViewOptions(bool IsOn)
{
    public static ViewOptions Read(SettingsReader settings) => new(settings.Flag("Mcp:Views", false));
}
