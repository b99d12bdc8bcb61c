using NeonPanel.Mcp.Server.ToolResults;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Answers;

/// <summary>The sentence that replaces the text of an answer for a host that reads structured content (rule
/// D10).</summary>
internal static class ResultSentence
{
    /// <summary>Replaces the text that repeats the structured content. Other texts stay: failures, and sentences such
    /// as <c>Done.</c></summary>
    public static ToolResult Apply(ToolDescriptor tool, ToolResult result) =>
        result.IsError || result.Structured.IsEmpty || !(result.Text is null || result.IsTextData)
            ? result
            : result with
            {
                Text =
                    $"{tool.Title}: {result.Structured.Length} bytes of JSON in structuredContent (?text=full in the server's address shows them here).",
            };
}
