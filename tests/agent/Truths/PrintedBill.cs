using System.Globalization;
using NeonPanel.Mcp.Agent.Checks;
using NeonPanel.Mcp.Agent.Questions;
using NeonPanel.Mcp.Ledger;
using NeonPanel.Mcp.Sandbox.Api.Import;
using UglyToad.PdfPig;

namespace NeonPanel.Mcp.Agent.Truths;

/// <summary>A bill as a bundled PDF prints it, word by word.</summary>
/// <param name="Lines">Service, units and price of one unit.</param>
internal sealed record PrintedBill(
    string Number,
    string Vendor,
    DateOnly Day,
    string Currency,
    IReadOnlyList<(string Service, int Quantity, decimal Rate)> Lines,
    decimal Total
)
{
    public static FigureCheck TotalOf(string file)
    {
        var bill = Read(file);
        return new([new([], [bill.Total], bill.Currency)]);
    }

    /// <summary>The sum of the lines and the printed total of a bill where they differ.</summary>
    public static IReadOnlyList<decimal> DifferentTotals(string file)
    {
        var bill = Read(file);
        var sum = bill.Lines.Sum(line => line.Quantity * line.Rate);
        return sum != bill.Total
            ? [sum, bill.Total]
            : throw new InvalidOperationException($"The total of {file} is right.");
    }

    /// <summary>One bill as printed, and its payment request.</summary>
    public static DifferenceCheck Difference(Journal journal, string file)
    {
        var printed = Read(file);
        var vendor = journal.Vendors.Values.Single(vendor => vendor.Name == printed.Vendor);
        var days = journal.PaymentTerms[vendor.PaymentTermId!.Value].Schema.Single().DaysOffset;
        return new([
            ExpectedChange.New<Bill>("bill", $"bill {printed.Number} of {printed.Vendor} as printed", bill =>
                bill.RefNumber == printed.Number
                && bill.VendorId == vendor.Id
                && bill.Date == printed.Day
                && bill.Currency == printed.Currency
                && bill.Lines.Select(line => (journal.Services[line.ServiceId].Name, line.Quantity, line.Rate))
                    .SequenceEqual(printed.Lines)
            ),
            ExpectedChange.New<PaymentRequest>(
                "payment_request",
                $"a payment request of {Amounts.Text(printed.Total)} {printed.Currency}",
                request =>
                    request.AmountDue == printed.Total
                    && request.PaidAmount is null
                    && request.DueDate == printed.Day.AddDays(days)
            ),
        ]);
    }

    /// <summary>The entry of a bill as lines: what is printed, and when it is due.</summary>
    public static IEnumerable<string> Entry(Journal journal, string file)
    {
        var printed = Read(file);
        var days = journal
            .PaymentTerms[journal.Vendors.Values.Single(vendor => vendor.Name == printed.Vendor).PaymentTermId!.Value]
            .Schema.Single()
            .DaysOffset;
        return
        [
            $"{printed.Number}, {Amounts.Text(printed.Day)}, {printed.Vendor}: {Amounts.Text(printed.Total)} {printed.Currency}",
            $"due {Amounts.Text(printed.Day.AddDays(days))}: {Amounts.Text(printed.Total)}",
        ];
    }

    private static PrintedBill Read(string file)
    {
        using var document = PdfDocument.Open(BundledFiles.Find(file)!);
        // Words of one height are one line.
        var lines = document
            .GetPages()
            .SelectMany(page => page.GetWords())
            .GroupBy(word => Math.Round(word.BoundingBox.Bottom / 4))
            .OrderByDescending(group => group.Key)
            .Select(group => string.Join(' ', group.OrderBy(word => word.BoundingBox.Left).Select(word => word.Text)))
            .ToList();
        string Value(string name) =>
            lines.First(line => line.StartsWith(name + ":", StringComparison.Ordinal))[(name.Length + 1)..].Trim();
        return new(
            Value("Bill number"),
            Value("Vendor"),
            DateOnly.ParseExact(Value("Date"), "yyyy-MM-dd", CultureInfo.InvariantCulture),
            Value("Currency"),
            [
                .. lines
                    .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
                    .Where(cells => cells.Length == 3 && char.IsAsciiDigit(cells[1][0]))
                    .Select(cells => (cells[0], int.Parse(cells[1], CultureInfo.InvariantCulture), Decimal(cells[2]))),
            ],
            Decimal(Value("Total").Split(' ')[0])
        );
    }

    private static decimal Decimal(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
