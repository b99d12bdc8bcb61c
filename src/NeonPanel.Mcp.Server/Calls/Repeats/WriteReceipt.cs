using NeonPanel.Mcp.Server.ToolResults;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Calls.Repeats;

/// <summary>The result of a write, kept for those who repeat it.</summary>
/// <param name="Text">The text of the result, or <see langword="null"/> for the text of
/// <paramref name="Structured"/>.</param>
/// <param name="Structured">The answer as UTF-8 text of a JSON object.</param>
/// <param name="Notes">The notes of the result.</param>
internal sealed record WriteReceipt(string? Text, byte[] Structured, IReadOnlyList<string> Notes)
{
    /// <summary>Longest answer to keep, in bytes. Records are smaller; a longer answer may be a whole list.</summary>
    private const int MaxBytes = 16 * 1024;

    public static WriteReceipt Of(ToolDescriptor tool, ToolResult result) =>
        result.Attachment is null && result.Structured.Length <= MaxBytes
            ? new(result.Text, result.Structured.ToArray(), result.Notes)
            : new($"{tool.Name} succeeded; its answer was too long to be kept.", [], []);

    public ToolResult ToResult(string note) => new(Text, Structured, IsError: false) { Notes = [note, .. Notes] };
}
