using System.Globalization;
using System.Text.Json;
using NeonPanel.Mcp.Server.Arguments;
using NeonPanel.Mcp.Server.ToolResults;

namespace NeonPanel.Mcp.Server.Answers;

/// <summary>Compares a value that was sent with the value that the answer repeats. Another spelling of the same value
/// is no difference, and neither are values of different kinds: the API may repeat a name in place of an id.</summary>
internal static class EchoedValue
{
    private const int LongestText = 40;
    private const int MostShown = 3;

    /// <summary>Most items of lists to compare. Longer lists count as equal.</summary>
    private const int MostItems = 200;

    /// <summary>A code of at most this length may be repeated as a name: <c>US</c> as <c>United States</c>.</summary>
    private const int LongestCode = 3;

    // An API may repeat a day as an instant in any time zone, and the last day as the first instant after it.
    private static readonly TimeSpan Zones = TimeSpan.FromHours(14);

    private static readonly string[] Yes = ["true", "1", "yes", "on"];
    private static readonly string[] No = ["false", "0", "no", "off"];

    /// <param name="isId">Whether only whole numbers and UUIDs are compared.</param>
    public static bool IsSame(JsonElement sent, JsonElement echoed, bool isId)
    {
        if (sent.ValueKind == JsonValueKind.Object || echoed.ValueKind == JsonValueKind.Object)
        {
            return true;
        }

        if (isId)
        {
            return IsSameId(Text(sent), Text(echoed));
        }

        if (sent.ValueKind != JsonValueKind.Array && echoed.ValueKind != JsonValueKind.Array)
        {
            return IsSame(Text(sent), Text(echoed));
        }

        var (wanted, found) = (Items(sent), Items(echoed));
        return wanted.Count > MostItems
            || found.Count > MostItems
            || (
                wanted.TrueForAll(item => found.Exists(other => IsSame(item, other)))
                && found.TrueForAll(item => wanted.Exists(other => IsSame(other, item)))
            );
    }

    /// <summary>Returns a value for a message.</summary>
    public static string Shown(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return Shown(Text(value));
        }

        var items = Items(value);
        return string.Join(", ", items.Take(MostShown).Select(Shown)) + (items.Count > MostShown ? ", …" : "");
    }

    /// <summary>Returns a number, date or UUID for a message, or <see langword="null"/>: a message repeats no texts of
    /// the caller.</summary>
    public static string? ShownIfPlain(JsonElement value)
    {
        var items = Items(value);
        return items.TrueForAll(item => IsNumber(item) || IsDate(item) || Guid.TryParse(item, out _))
            ? Shown(value)
            : null;
    }

    private static string Shown(string text) => ArgumentPath.Shown(TextCut.First(text, LongestText));

    private static bool IsSameId(string sent, string echoed)
    {
        if (sent.Length > 0 && echoed.Length > 0 && sent.All(char.IsAsciiDigit) && echoed.All(char.IsAsciiDigit))
        {
            return sent.TrimStart('0') == echoed.TrimStart('0');
        }

        return !(Guid.TryParse(sent, out var first) && Guid.TryParse(echoed, out var second)) || first == second;
    }

    private static bool IsSame(string sent, string echoed)
    {
        var (one, other) = (sent.Trim(), echoed.Trim());
        if (string.Equals(one, other, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (IsWord(one) && IsWord(other))
        {
            return Yes.Contains(one, StringComparer.OrdinalIgnoreCase)
                == Yes.Contains(other, StringComparer.OrdinalIgnoreCase);
        }

        if (IsNumber(one) || IsNumber(other))
        {
            return !IsNumber(one)
                || !IsNumber(other)
                || ExactNumber.Parse(one).CompareTo(ExactNumber.Parse(other)) == 0;
        }

        if (IsDate(one) || IsDate(other))
        {
            return !IsDate(one) || !IsDate(other) || IsSameTime(one, other);
        }

        if (Guid.TryParse(one, out var first) | Guid.TryParse(other, out var second))
        {
            return first == Guid.Empty || second == Guid.Empty || first == second;
        }

        return IsSameText(one, other);
    }

    // Wildcards, quotation marks and paths around a text make no difference, nor do the signs between words.
    private static bool IsSameText(string one, string other)
    {
        var (sent, echoed) = (Plain(one), Plain(other));
        return sent.Contains(echoed, StringComparison.Ordinal)
            || echoed.Contains(sent, StringComparison.Ordinal)
            || sent.Length <= LongestCode != echoed.Length <= LongestCode;
    }

    private static string Plain(string text) =>
        string.Concat(text.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));

    private static bool IsSameTime(string one, string other)
    {
        var (first, second) = (Time(one), Time(other));
        if (one.Length == 10 && other.Length == 10)
        {
            return first == second;
        }

        // A day and an instant: the instant lies in the day, in some time zone.
        if (one.Length == 10 || other.Length == 10)
        {
            var (day, instant) = one.Length == 10 ? (first, second) : (second, first);
            var after = instant - day;
            return after >= -Zones && after <= TimeSpan.FromDays(1) + Zones;
        }

        // Fractions of a second may be lost. Without a zone, any is possible.
        var most = HasZone(one) && HasZone(other) ? TimeSpan.FromSeconds(1) : Zones;
        return (first - second).Duration() <= most;
    }

    private static bool HasZone(string time) => time[^1] is 'Z' or 'z' || time.AsSpan(10).IndexOfAny('+', '-') >= 0;

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
        );

    private static bool IsDate(string text) =>
        TextFormat.Fits("date", text)
        && DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out _
        );

    private static bool IsNumber(string text) => NumberText.IsNumber(text);

    private static bool IsWord(string text) =>
        Yes.Contains(text, StringComparer.OrdinalIgnoreCase) || No.Contains(text, StringComparer.OrdinalIgnoreCase);

    private static List<string> Items(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Take(MostItems + 1).Select(Text)]
            : [.. Text(value).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
