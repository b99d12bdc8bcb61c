using NeonPanel.Mcp.Server.Settings;

namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>How much of an answer the client gets.</summary>
/// <param name="ResultText">Content of the text block: <c>Full</c>, <c>Summary</c>, or <c>Auto</c>, which is full up to
/// 16 KB.</param>
/// <param name="MaxResultChars">Longest answer in characters. Whole items are left out of a longer one (rule
/// D7).</param>
internal sealed record InvocationOptions(string ResultText, int MaxResultChars)
{
    public static InvocationOptions Read(SettingsReader settings) =>
        new(
            settings.Choice("Mcp:ResultText", "Auto", "Auto", "Full", "Summary"),
            (int)settings.Integer("Mcp:MaxResultChars", 40_000, 2_000, 10_000_000)
        );
}
