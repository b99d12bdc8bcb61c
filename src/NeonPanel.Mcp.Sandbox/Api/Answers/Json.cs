using System.Globalization;
using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Sandbox.Api.Answers;

/// <summary>Values as the API writes them.</summary>
internal static class Json
{
    // Division by a one with many places takes zeros at the end away.
    private const decimal One = 1.0000000000000000000000000000m;

    /// <summary>A number without zeros at its end, as 10.8 for 10.80.</summary>
    public static JsonNode? Of(decimal? number) => number is { } value ? JsonValue.Create(value / One) : null;

    public static JsonNode? Of(DateOnly? day) => day is { } value ? JsonValue.Create(Text(value)) : null;

    /// <summary>A moment in UTC, to the second.</summary>
    public static JsonNode? Of(DateTime? moment) =>
        moment is { } value
            ? JsonValue.Create(value.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))
            : null;

    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static JsonArray Array<T>(IEnumerable<T> values, Func<T, JsonNode?> write) => new([.. values.Select(write)]);
}
