using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using NeonPanel.Mcp.Server.Calls.Names;
using NeonPanel.Mcp.Server.Calls.Totals;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Calls.Previews;

/// <summary>One payment that a payment term makes.</summary>
/// <param name="Date">The day on which it is due, or <see langword="null"/> if its anchor has no date yet.</param>
/// <param name="Anchor">The date of the document that the day is counted from.</param>
/// <param name="Days">Days after that date.</param>
/// <param name="Percent">Its share of the total, 100 for all of it.</param>
/// <param name="Amount">That share of the total, exact; <see langword="null"/> if the total is unknown.</param>
internal sealed record DuePart(DateOnly? Date, string Anchor, int Days, ExactDecimal? Percent, ExactDecimal? Amount)
{
    /// <param name="term">The payment term as the API returned it.</param>
    /// <param name="total">The total of the document, or <see langword="null"/>.</param>
    /// <param name="dateOf">Returns the date of the document with a name.</param>
    public static IReadOnlyList<DuePart> Of(
        DueDates due,
        JsonElement term,
        ExactDecimal? total,
        Func<string, string?> dateOf
    ) =>
        term.TryGetProperty(due.Parts, out var parts) && parts.ValueKind == JsonValueKind.Array
            ? [.. parts.EnumerateArray().Select(part => Part(due, part, total, dateOf)).OfType<DuePart>()]
            : [];

    private static DuePart? Part(DueDates due, JsonElement part, ExactDecimal? total, Func<string, string?> dateOf)
    {
        if (
            part.ValueKind != JsonValueKind.Object
            || JsonPlaces.Text(part, due.Anchor) is not { } anchor
            || !int.TryParse(
                JsonPlaces.Text(part, due.Days),
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out var days
            )
        )
        {
            return null;
        }

        ExactDecimal? percent =
            part.TryGetProperty(due.Percent, out var share)
            && share.ValueKind == JsonValueKind.Number
            && ExactDecimal.TryParse(JsonMarshal.GetRawUtf8Value(share), out var read)
                ? read
                : null;
        ExactDecimal? amount =
            total is { } all && percent is { } factor ? (all * factor).Hundredth().Shortest(all.Scale) : null;
        return new(Day(dateOf(anchor), days), anchor, days, percent, amount);
    }

    // A time of the day does not count.
    private static DateOnly? Day(string? text, int days)
    {
        if (
            text is not { Length: >= 10 }
            || !DateOnly.TryParseExact(
                text.AsSpan(0, 10),
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var start
            )
            || start.DayNumber + (long)days < 0
            || start.DayNumber + (long)days > DateOnly.MaxValue.DayNumber
        )
        {
            return null;
        }

        return start.AddDays(days);
    }
}
