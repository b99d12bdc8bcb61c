using System.Globalization;

namespace NeonPanel.Mcp.Server.Tests.Calls.Totals;

/// <summary>Rows as an API of money writes them: three currencies, nulls, numbers as texts, many digits.</summary>
internal static class LedgerRows
{
    private static readonly string[] Currencies = ["USD", "EUR", "CAD"];

    public static IEnumerable<string> Make(int count)
    {
        var random = new Random(25);
        for (var id = 1; id <= count; id++)
        {
            var day = new DateOnly(2026, 1, 1).AddDays(random.Next(330));
            var vendor =
                random.Next(8) is var number && number == 0
                    ? "null"
                    : $$"""{"id":{{number}},"name":"Vendor {{number}}"}""";
            yield return $$"""{"id":{{id}},"name":"Bill {{id}}","amount":{{Amount(random)}},"currency":{{Currency(random)}},"due_date":"{{day:yyyy-MM-dd}}","vendor":{{vendor}},"status":"{{(random.Next(3) == 0 ? "paid" : "open")}}","lines":[{"quantity":{{random.Next(9)}}}]}""";
        }
    }

    private static string Currency(Random random) =>
        random.Next(40) == 0 ? "null" : $"\"{Currencies[random.Next(Currencies.Length)]}\"";

    private static string Amount(Random random)
    {
        var cents = (random.Next(2_000_000) - 200_000) / 100m;
        return random.Next(10) switch
        {
            0 => "null",
            1 => $"\"{cents.ToString(CultureInfo.InvariantCulture)}\"",
            2 => $"{random.NextInt64(long.MaxValue)}{random.NextInt64(long.MaxValue)}.{random.Next(1, 1_000_000_000)}7",
            3 => $"0.{new string('0', random.Next(30))}1",
            4 => $"{random.Next(1000)}e{random.Next(-8, 8)}",
            _ => cents.ToString(CultureInfo.InvariantCulture),
        };
    }
}
