using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace NeonPanel.Mcp.Agent.Sessions;

/// <summary>The result of a call.</summary>
/// <param name="IsRejected">Whether it is an error: of the arguments, of the API, or of the protocol.</param>
/// <param name="Structured">The structured content; <see langword="null"/> if there is none.</param>
/// <param name="Texts">The text blocks.</param>
internal sealed record ToolResult(bool IsRejected, JsonElement? Structured, IReadOnlyList<string> Texts)
{
    /// <summary>Gets what a host that shows structured content hands to its model. It contains the notes.</summary>
    public string Full => Structured is { } content ? Json.Text(content) : Text;

    /// <summary>Gets what a host hands to its model that shows texts alone.</summary>
    public string Text => string.Join('\n', Texts);

    public static ToolResult Of(CallToolResult result) =>
        new(
            result.IsError == true,
            result.StructuredContent,
            [.. result.Content.OfType<TextContentBlock>().Select(block => block.Text)]
        );
}
