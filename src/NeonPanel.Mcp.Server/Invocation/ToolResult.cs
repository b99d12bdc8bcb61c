using System.Text.Json;

namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>What a call came to.</summary>
/// <param name="Text">What a model reads.</param>
/// <param name="Structured">The answer, an object; <see langword="null"/> for a failure.</param>
/// <param name="IsError">Whether the call failed.</param>
/// <param name="IsUnauthorized">Whether the API refused the token (rule B5).</param>
internal sealed record ToolResult(string Text, JsonElement? Structured, bool IsError, bool IsUnauthorized = false)
{
    public static ToolResult Failure(string text) => new(text, null, IsError: true);
}
