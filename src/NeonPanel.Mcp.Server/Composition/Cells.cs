using System.Globalization;
using System.Text.Json;

namespace NeonPanel.Mcp.Server.Composition;

/// <summary>Values of rows: texts, decimal numbers, booleans, numbers that no decimal holds, and lists of
/// these.</summary>
internal static class Cells
{
    /// <summary>Reads a member of a row. A path that leads through lists has a value for each item.</summary>
    public static object? Read(JsonElement row, ReadOnlySpan<string> path)
    {
        if (row.ValueKind == JsonValueKind.Array)
        {
            var values = new List<object?>(row.GetArrayLength());
            foreach (var item in row.EnumerateArray())
            {
                values.Add(Read(item, path));
            }

            return values;
        }

        if (path.IsEmpty)
        {
            return Value(row);
        }

        return row.ValueKind == JsonValueKind.Object && row.TryGetProperty(path[0], out var member)
            ? Read(member, path[1..])
            : null;
    }

    /// <summary>Reads a number, text or boolean; null for any other value.</summary>
    public static object? Value(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.TryGetDecimal(out var number) ? number : new WideNumber(value.GetRawText()),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        };

    /// <summary>Returns the values of a cell: the items of a list, one value, or none.</summary>
    public static IEnumerable<object?> Flatten(object? cell) =>
        cell switch
        {
            null => [],
            List<object?> list => list.SelectMany(Flatten),
            _ => [cell],
        };

    /// <summary>Returns a value as the text that people compare.</summary>
    public static string? Text(object? value) =>
        value switch
        {
            string text => text,
            decimal number => number.ToString(CultureInfo.InvariantCulture),
            bool flag => flag ? "true" : "false",
            WideNumber wide => wide.Text,
            _ => null,
        };

    /// <summary>Compares two values: numbers by size, others by text. Null comes last.</summary>
    public static int Compare(object? left, object? right)
    {
        if (left is null || right is null)
        {
            return (left is null ? 1 : 0) - (right is null ? 1 : 0);
        }

        return left is decimal number && right is decimal other
            ? number.CompareTo(other)
            : string.CompareOrdinal(Text(left), Text(right));
    }

    public static bool AreEqual(object? left, object? right) =>
        left is decimal number && right is decimal other
            ? number == other
            : string.Equals(Text(left), Text(right), StringComparison.OrdinalIgnoreCase);

    public static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case string text:
                writer.WriteStringValue(text);
                break;
            case decimal number:
                writer.WriteNumberValue(number);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case WideNumber wide:
                writer.WriteRawValue(wide.Text);
                break;
            case List<object?> list:
                writer.WriteStartArray();
                list.ForEach(item => Write(writer, item));
                writer.WriteEndArray();
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    /// <summary>A number with more digits than a decimal has, as JSON text. It is shown and never computed
    /// with.</summary>
    internal sealed record WideNumber(string Text);
}
