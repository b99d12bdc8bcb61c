using NeonPanel.Mcp.Server.Settings;

namespace NeonPanel.Mcp.Server.Calls.Forms;

/// <summary>Settings for the forms with which calls ask the user.</summary>
/// <param name="IsOn">Whether clients that can show forms get them.</param>
/// <param name="InSessions">Whether calls on Streamable HTTP also wait for forms (revisions with <c>initialize</c>).
/// The answer may reach another instance, so several instances need Redis for this.</param>
internal sealed record FormOptions(bool IsOn, bool InSessions)
{
    public static FormOptions Read(SettingsReader settings)
    {
        var mode = settings.Choice("Mcp:Forms", "Auto", "Auto", "Stateless", "Off");
        return new(IsOn: mode != "Off", InSessions: mode == "Auto");
    }
}
