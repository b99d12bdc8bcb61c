using NeonPanel.Mcp.Agent.Checks;
using NeonPanel.Mcp.Agent.Truths;
using NeonPanel.Mcp.Ledger;

namespace NeonPanel.Mcp.Agent.Questions;

/// <summary>Questions about costs and margins.</summary>
internal static class CostQuestions
{
    private const string Lantern = "HP-LANT-01";

    public static readonly IReadOnlyList<Question> All =
    [
        new(
            2,
            "What was the COGS of our UK company in September 2026?",
            "End with 'Answer:' and one amount with its currency code.",
            "core",
            "a company by its country",
            2,
            journal =>
                [
                    Amount(
                        CostTruth.Cogs(journal, Known.Tidewater, new(2026, 9, 1), new(2026, 9, 30)),
                        Known.Company(journal, Known.Tidewater).Currency
                    ),
                ]
        ),
        new(
            9,
            "What is the stock of Harbor & Pine Outfitters worth today, at FIFO cost, in all warehouses together?",
            "End with 'Answer:' and one amount with its currency code.",
            "core",
            "many calls, or an aggregate",
            1,
            journal => [Amount(Fifo.Of(journal, Known.Outfitters).StockValue, "USD")]
        ),
        new(
            11,
            "What did a unit of the last batch of HP-LANT-01 that came to Harbor & Pine Outfitters' Reno Stockroom cost, part by part?",
            "End with 'Answer:' and one line for each part: NAME OF THE PART: AMOUNT OF ONE UNIT CURRENCY.",
            "core",
            "landed cost",
            1,
            LastBatch
        ),
        new(
            12,
            "Which part of its cost made that batch (HP-PO-1060 of HP-LANT-01, Harbor & Pine Outfitters) dearer than HP-PO-1047, "
                + "the batch before it: goods, freight or customs? By how much for one unit?",
            "End with 'Answer:' and one line: goods, freight or customs: AMOUNT OF ONE UNIT CURRENCY.",
            "core",
            "reasoning over two batches",
            1,
            Dearer
        ),
        new(
            13,
            "Revenue and COGS of all companies by month and marketplace, from January 2026 until today.",
            "End with 'Answer:' and one line for each month, marketplace and currency: YYYY-MM, COUNTRY CODE: REVENUE, COGS CURRENCY.",
            "core",
            "grouping, many rows",
            1,
            journal =>
                [
                    new FigureCheck([
                        .. CostTruth
                            .ByMonthAndMarket(journal, new(2026, 1, 1))
                            .Select(row => new Figure([row.Month, row.Market], [row.Revenue, row.Cogs], row.Currency)),
                    ]),
                ]
        ),
        new(
            14,
            "How does the revenue of Harbor & Pine Outfitters in November 2026 so far compare with that of October, and how many days of "
                + "November are in it?",
            "End with 'Answer:' and three lines: October: AMOUNT CURRENCY; November: AMOUNT CURRENCY; Days: NUMBER.",
            "core",
            "a month that is not over",
            1,
            OctoberAndNovember
        ),
        new(
            15,
            "Which five items of Harbor & Pine Outfitters left the largest margin (line amounts less COGS) in the third quarter of 2026?",
            "End with 'Answer:' and one line for each item: ITEM ID: MARGIN CURRENCY.",
            "read",
            "no aggregate in the API",
            16,
            journal =>
                [
                    new FigureCheck([
                        .. CostTruth
                            .Margins(journal, Known.Outfitters, new(2026, 7, 1), new(2026, 9, 30))
                            .Take(5)
                            .Select(pair => new Figure([Amounts.Text(pair.ItemId)], [pair.Margin], "USD")),
                    ]),
                ]
        )
        {
            Needs = ["invoices_list"],
        },
    ];

    private static FigureCheck Amount(decimal amount, string currency) => new([new([], [amount], currency)]);

    private static IReadOnlyList<Check> LastBatch(Journal journal) =>
        [
            new FigureCheck([
                .. CostTruth
                    .Batches(journal, Known.Outfitters, Lantern)[0]
                    .Parts.Select(part => new Figure([part.Key], [part.Value], "USD")),
            ]).WithTotal(),
        ];

    private static IReadOnlyList<Check> Dearer(Journal journal)
    {
        var batches = CostTruth.Batches(journal, Known.Outfitters, Lantern);
        decimal Part(Batch batch, string name) =>
            batch.Parts.Where(part => part.Key.Contains(name, StringComparison.Ordinal)).Sum(part => part.Value);
        var (name, most) = new[] { ("goods", "Vendor Price"), ("freight", "Freight"), ("customs", "Customs") }
            .Select(kind => (kind.Item1, Part(batches[0], kind.Item2) - Part(batches[1], kind.Item2)))
            .MaxBy(pair => pair.Item2);
        return [new FigureCheck([new([name], [most], "USD")])];
    }

    private static IReadOnlyList<Check> OctoberAndNovember(Journal journal)
    {
        var company = Known.Company(journal, Known.Outfitters);
        decimal Revenue(int month) =>
            journal
                .Invoices.Values.Where(invoice => invoice.CompanyId == company.Id)
                .Where(invoice => invoice.Date is { Year: 2026 } day && day.Month == month)
                .Sum(MoneyTruth.Revenue);
        return
        [
            new FigureCheck([
                new(["October"], [Revenue(10)], company.Currency),
                new(["November"], [Revenue(11)], company.Currency),
                new(["Days"], [journal.Today.Day]),
            ]),
        ];
    }
}
