using System.Globalization;
using System.Text.Json;

namespace NeonPanel.Mcp.Agent.Sessions;

/// <summary>Reads members of results.</summary>
internal static class Members
{
    public static int Number(this JsonElement element, string name) => element.GetProperty(name).GetInt32();

    public static decimal Amount(this JsonElement element, string name) =>
        element.GetProperty(name) is { ValueKind: JsonValueKind.Number } value ? value.GetDecimal() : 0;

    /// <summary>A text; <see langword="null"/> where it is null or missing.</summary>
    public static string? Text(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
            ? value.GetString()
            : null;

    public static DateOnly? Day(this JsonElement element, string name) =>
        element.Text(name) is { } text ? DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

    public static IEnumerable<JsonElement> List(this JsonElement element, string name) =>
        element.GetProperty(name).EnumerateArray();
}
