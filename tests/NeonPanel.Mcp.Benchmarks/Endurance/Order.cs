using System.Globalization;
using System.Text;

namespace NeonPanel.Mcp.Benchmarks.Endurance;

/// <summary>The fault and the number that a call asks the faulty API for. The order travels in an argument, as
/// <c>fault-number</c>, and the answer repeats it in every row: another call's answer shows by that, and so does a
/// digit that was lost.</summary>
internal sealed record Order(string Fault, long Number)
{
    public const string Company = "7c1e4b52-93af-4d06-8b1a-5e20c7d90001";
    public const string CompanyName = "Harbor and Pine";

    /// <summary>Each fault, and words of the sentence that a client must get for it; none where the answer is whole in
    /// the end.</summary>
    public static IReadOnlyDictionary<string, string?> Faults { get; } =
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ok"] = null,
            ["large"] = null,
            ["slow"] = null,
            ["gzip"] = null,
            ["500"] = "answered 500",
            ["503"] = "answered 503",
            ["401"] = "answered 401",
            ["422"] = "answered 422",
            ["429"] = "answered 429",
            ["reset"] = "broke during",
            ["cut"] = "broke during",
            ["torn"] = "broke during",
            ["stall"] = "did not answer",
            ["garbage"] = "invalid JSON",
            ["page"] = "a web page",
            ["huge"] = "is larger than",
        };

    public string? Sentence => Faults[Fault];

    public static Order? Read(string? text) =>
        text?.Split('-') is [var fault, var number]
        && Faults.ContainsKey(fault)
        && long.TryParse(number, CultureInfo.InvariantCulture, out var value)
            ? new(fault, value)
            : null;

    /// <summary>More digits than a double or a decimal holds.</summary>
    public string Amount(int row) =>
        string.Create(CultureInfo.InvariantCulture, $"{Number}{row:d4}.{row}0123456789012345678901234567890");

    public string Row(int row) =>
        $$"""{"id":{{row}},"name":"{{this}}","ref_number":"R-{{row:d6}}","date":"2026-01-31","amount":{{Amount(row)}},"currency":"USD"}""";

    /// <summary>A page of so many bytes at least.</summary>
    public string Page(int bytes)
    {
        var text = new StringBuilder("{\"current_page\":1,\"last_page\":1,\"data\":[").Append(Row(1));
        for (var row = 2; text.Length < bytes; row++)
        {
            text.Append(',').Append(Row(row));
        }

        return text.Append("]}").ToString();
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Fault}-{Number}");
}
