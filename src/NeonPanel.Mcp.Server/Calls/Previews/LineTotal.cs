using System.Runtime.InteropServices;
using System.Text.Json;
using NeonPanel.Mcp.Server.Calls.Names;
using NeonPanel.Mcp.Server.Calls.Totals;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Calls.Previews;

/// <summary>The amounts of the lines of a body, and their sum. All numbers are exact (rule D12).</summary>
/// <param name="Lines">A line for each item of the list, in its order.</param>
/// <param name="Sum">The sum, or <see langword="null"/> if the amount of a line is unknown.</param>
internal sealed record LineTotal(IReadOnlyList<SummedLine> Lines, ExactDecimal? Sum)
{
    /// <summary>Gets the currency that the call names, or <see langword="null"/>.</summary>
    public string? Currency { get; init; }

    /// <returns><see langword="null"/> if the call has no such list.</returns>
    public static LineTotal? Of(LineSums sums, JsonElement arguments)
    {
        if (!arguments.TryGetProperty(sums.List, out var list) || list.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var lines = list.EnumerateArray().Select(item => Line(sums, item)).ToList();
        ExactDecimal? sum = new ExactDecimal(0, 0);
        foreach (var line in lines)
        {
            sum = sum is { } left && line.Amount is { } right ? left + right : null;
        }

        return new(lines, sum)
        {
            Currency = sums.Currency is { } currency ? JsonPlaces.Text(arguments, currency) : null,
        };
    }

    private static SummedLine Line(LineSums sums, JsonElement item)
    {
        var quantity = Number(item, sums.Quantity);
        var price = Number(item, sums.Price);
        if (sums.Amount is not null)
        {
            return new(quantity, price, Number(item, sums.Amount));
        }

        return new(
            quantity,
            price,
            quantity is { } units && price is { } each ? (units * each).Shortest(each.Scale) : null
        );
    }

    private static ExactDecimal? Number(JsonElement item, string? member) =>
        member is not null
        && item.ValueKind == JsonValueKind.Object
        && item.TryGetProperty(member, out var value)
        && value.ValueKind == JsonValueKind.Number
        && ExactDecimal.TryParse(JsonMarshal.GetRawUtf8Value(value), out var number)
            ? number
            : null;
}

/// <summary>One line of a body; a number that the line does not have is <see langword="null"/>.</summary>
internal sealed record SummedLine(ExactDecimal? Quantity, ExactDecimal? Price, ExactDecimal? Amount);
