using NeonPanel.Mcp.Server.Settings;

namespace NeonPanel.Mcp.Server.Calls.Forms;

/// <summary>Settings for the forms with which calls ask the user.</summary>
/// <param name="IsOn">Whether clients that can show forms get them.</param>
internal sealed record FormOptions(bool IsOn)
{
    public static FormOptions Read(SettingsReader settings) =>
        new(settings.Choice("Mcp:Forms", "Auto", "Auto", "Off") == "Auto");
}
