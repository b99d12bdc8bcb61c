using System.Buffers;
using System.Text;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Answers;

/// <summary>The note about values of another kind than the proven one.</summary>
internal static class SurpriseText
{
    private const int LongestPath = 60;
    private const int LongestValue = 24;

    // A value is repeated in a note only if it cannot say anything to a model.
    private static readonly SearchValues<byte> Plain = SearchValues.Create("0123456789+-.,:/eETZ\""u8);

    /// <summary>Says what was found at a place: <c>data[3].amount is null, not a number</c>.</summary>
    /// <param name="value">The value as JSON text.</param>
    public static string Of(string path, ReadOnlySpan<byte> value, ValueKinds expected) =>
        $"{Short(path)} is {Shown(value)}, not {Word(expected)}";

    /// <summary>Writes the note.</summary>
    /// <param name="found">The values; the first of them are described.</param>
    public static string Note(IReadOnlyList<Surprise> found)
    {
        var described = found.Select(item => item.Description).OfType<string>().ToList();
        var more = found.Count - described.Count;
        return $"The API answered unusual values: {string.Join("; ", described)}"
            + (more > 0 ? FormattableString.Invariant($"; and {more} more") : "")
            + ". In structuredContent, the names of these members begin with '_'.";
    }

    private static string Shown(ReadOnlySpan<byte> value) =>
        value[0] switch
        {
            (byte)'{' => "an object",
            (byte)'[' => "a list",
            (byte)'n' or (byte)'t' or (byte)'f' => Encoding.ASCII.GetString(value),
            _ when value.Length <= LongestValue && !value.ContainsAnyExcept(Plain) => Encoding.ASCII.GetString(value),
            (byte)'"' => "a text",
            _ => "a large number",
        };

    private static string Word(ValueKinds kind) =>
        kind switch
        {
            ValueKinds.String => "a text",
            ValueKinds.Integer => "a whole number",
            ValueKinds.Number => "a number",
            ValueKinds.Boolean => "true or false",
            ValueKinds.Array => "a list",
            _ => "an object",
        };

    private static string Short(string path) =>
        path.Length > LongestPath ? path[..(LongestPath / 2)] + "…" + path[^(LongestPath / 2 - 1)..] : path;
}
