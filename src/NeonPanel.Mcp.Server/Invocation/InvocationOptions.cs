using NeonPanel.Mcp.Server.Settings;

namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>How much of an answer a client gets.</summary>
/// <param name="ResultText">What the text block holds: <c>Full</c>, <c>Summary</c>, or <c>Auto</c>: full up to 16
/// KB.</param>
/// <param name="MaxResultChars">Above so many characters whole items are left out of an answer (rule D7).</param>
internal sealed record InvocationOptions(string ResultText, int MaxResultChars)
{
    public static InvocationOptions Read(SettingsReader settings) =>
        new(
            settings.Choice("Mcp:ResultText", "Auto", "Auto", "Full", "Summary"),
            (int)settings.Integer("Mcp:MaxResultChars", 40_000, 2_000, 10_000_000)
        );
}
