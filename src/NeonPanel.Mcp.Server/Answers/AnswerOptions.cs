using NeonPanel.Mcp.Server.Settings;

namespace NeonPanel.Mcp.Server.Answers;

/// <summary>How much of an answer the client gets.</summary>
/// <param name="ResultText">Content of the text block.</param>
/// <param name="MaxResultChars">Longest answer in characters. Whole items are left out of a longer one (rule
/// D7).</param>
internal sealed record AnswerOptions(ResultTextMode ResultText, int MaxResultChars)
{
    public static AnswerOptions Read(SettingsReader settings) =>
        new(
            settings.Choice("Mcp:ResultText", ResultTextMode.Auto),
            (int)settings.Integer("Mcp:MaxResultChars", 40_000, 2_000, 10_000_000)
        );
}
