using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Research;

/// <summary>Makes titles that can be cited: <c>Bill GBF-22817, 2026-09-28, 1,620.00 USD, Great Basin Freight LLC
/// (HPO)</c>.</summary>
internal static partial class RecordTitle
{
    private const string AsMoney = ":money";

    /// <param name="record">The record, or the item of a list.</param>
    /// <param name="scope">Short name of the scope, or <see langword="null"/>.</param>
    /// <param name="otherwise">The title of a record that has none of the cited members.</param>
    public static string Of(ResearchSource source, JsonElement record, string? scope, string otherwise)
    {
        var parts = source.Cite.Select(part => Part(record, part)).OfType<string>().ToList();
        var title = parts.Count > 0 ? string.Join(", ", parts) : Text(record, source.Title) ?? otherwise;
        return $"{source.Label} {title}" + (string.IsNullOrEmpty(scope) ? "" : $" ({scope})");
    }

    /// <summary>Returns a member as text. A path such as <c>vendor.name</c> leads into objects.</summary>
    public static string? Text(JsonElement record, string path)
    {
        foreach (var name in path.Split('.'))
        {
            if (record.ValueKind != JsonValueKind.Object || !record.TryGetProperty(name, out record))
            {
                return null;
            }
        }

        return record.ValueKind switch
        {
            JsonValueKind.String => record.GetString(),
            JsonValueKind.Number => record.GetRawText(),
            _ => null,
        };
    }

    // A part in which a member is missing is left out whole: an amount without its currency says nothing.
    private static string? Part(JsonElement record, string part)
    {
        var isWhole = true;
        var text = Place()
            .Replace(part, match =>
            {
                var value = Value(record, match.Groups[1].Value);
                isWhole &= value is { Length: > 0 };
                return value ?? "";
            });
        return isWhole ? text : null;
    }

    private static string? Value(JsonElement record, string place)
    {
        if (!place.EndsWith(AsMoney, StringComparison.Ordinal))
        {
            return Text(record, place);
        }

        var text = Text(record, place[..^AsMoney.Length]);
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var amount)
            ? amount.ToString("N2", CultureInfo.InvariantCulture)
            : text;
    }

    [GeneratedRegex(@"\{([^{}]+)\}")]
    private static partial Regex Place();
}
