using System.Text.Json;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Arguments;

/// <summary>Finds spans that end before they begin. An API answers them with an empty list, which reads like the
/// absence of records.</summary>
internal static class ArgumentSpans
{
    private const int DateLength = 10;

    /// <param name="tool">The tool.</param>
    /// <param name="arguments">Arguments that are valid by the tool's shape.</param>
    /// <returns>One sentence for each span.</returns>
    public static IReadOnlyList<string> Check(ToolDescriptor tool, JsonElement arguments) =>
        [
            .. from span in tool.Spans
            let first = Date(arguments, span.From)
            let last = Date(arguments, span.To)
            where first is not null && last is not null && string.CompareOrdinal(last, first) < 0
            select $"Argument '{span.To}' must not be before '{span.From}', but {last} is before {first}. Exchange or correct the two dates.",
        ];

    // A date is YYYY-MM-DD; a time may follow.
    private static string? Date(JsonElement arguments, string name) =>
        arguments.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: >= DateLength } text
            ? text[..DateLength]
            : null;
}
