using System.Globalization;

namespace NeonPanel.Mcp.Server.Calls.Totals;

/// <summary>A day (<c>2026-11-30</c>) or a point in time (RFC 3339 §5.6; a blank may stand for the T). Without an
/// offset the time is UTC.</summary>
/// <param name="Day">The day as written, in the time's own offset.</param>
/// <param name="Time">The point in time, or <see langword="null"/> for a day.</param>
internal readonly record struct DayOrTime(DateOnly Day, DateTimeOffset? Time) : IComparable<DayOrTime>
{
    private const string DayFormat = "yyyy-MM-dd";
    private const int LongestText = 40;

    public static bool TryParse(ReadOnlySpan<char> text, out DayOrTime value)
    {
        value = default;
        if (!HasFormOfDay(text) || !DateOnly.TryParseExact(text[..DayFormat.Length], DayFormat, out var day))
        {
            return false;
        }

        if (text.Length == DayFormat.Length)
        {
            value = new(day, null);
            return true;
        }

        if (
            text[DayFormat.Length] is not ('T' or 't' or ' ')
            || !DateTimeOffset.TryParse(
                text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var time
            )
        )
        {
            return false;
        }

        value = new(day, time);
        return true;
    }

    /// <summary>Returns whether a text begins like a day, which need not exist.</summary>
    public static bool HasFormOfDay(ReadOnlySpan<char> text) =>
        text.Length is >= 10 and <= LongestText
        && text[4] == '-'
        && text[7] == '-'
        && !text[..4].ContainsAnyExceptInRange('0', '9')
        && !text[5..7].ContainsAnyExceptInRange('0', '9')
        && !text[8..10].ContainsAnyExceptInRange('0', '9');

    /// <summary>Compares days if one side is a day: a time on 30 November is not after 30 November.</summary>
    public int CompareTo(DayOrTime other) =>
        Time is { } time && other.Time is { } otherTime ? time.CompareTo(otherTime) : Day.CompareTo(other.Day);

    /// <summary>Gets a value that orders days and times among each other: a day is its first moment in UTC.</summary>
    public DateTimeOffset Order => Time ?? new DateTimeOffset(Day, TimeOnly.MinValue, TimeSpan.Zero);
}
