using NeonPanel.Mcp.Agent.Checks;
using NeonPanel.Mcp.Agent.Truths;
using NeonPanel.Mcp.Ledger;

namespace NeonPanel.Mcp.Agent.Questions;

/// <summary>Questions about stock on a past day, on its way, by batch, and about what was sold of it.</summary>
internal static class MovementQuestions
{
    public static readonly IReadOnlyList<Question> All =
    [
        new(
            43,
            "What did the warehouse Amazon UK Fulfilment of Tidewater Goods Ltd hold at the end of 31 March 2026?",
            "End with 'Answer:' and one line for each item: ITEM ID: UNITS.",
            "core",
            "a warehouse on a past day; one SKU, two items",
            1,
            journal =>
                [
                    new FigureCheck([
                        .. StockTruth
                            .In(
                                journal,
                                Known.Warehouse(journal, Known.Tidewater, "Amazon UK Fulfilment"),
                                new(2026, 3, 31)
                            )
                            .Select(pair => new Figure([Amounts.Text(pair.Key.Id)], [pair.Value])),
                    ]),
                ]
        ),
        new(
            46,
            "What is the sell-through of HP-CCS-061 at Harbor & Pine Outfitters since 1 June 2026? That is: units sold from 1 June until today, "
                + "as a percentage of the units in stock at the end of 31 May plus the units received from vendors since.",
            "End with 'Answer:' and the percentage with one decimal place.",
            "read",
            "three figures joined",
            3,
            journal => [SellThrough(journal, Known.Item(journal, Known.Outfitters, "HP-CCS-061"), new(2026, 6, 1))]
        )
        {
            Needs = ["inventoryOrders_list"],
        },
        new(
            47,
            "What was the COGS of HP-CTS-046 for Mexico (Harbor & Pine Outfitters) in June, July and August 2026?",
            "End with 'Answer:' and one line for each month: YYYY-MM: AMOUNT CURRENCY.",
            "core",
            "months of one item; one SKU, two countries",
            2,
            journal =>
                [
                    Monthly(
                        CostTruth.CogsByMonth(
                            journal,
                            Known.Outfitters,
                            Known.Item(journal, Known.Outfitters, "HP-CTS-046", "MX"),
                            new(2026, 6, 1),
                            new(2026, 8, 31)
                        )
                    ),
                ]
        ),
        new(
            48,
            "Which shipments of Harbor & Pine Outfitters are under way, and with how many units each?",
            "End with 'Answer:' and one line for each shipment: NUMBER: UNITS.",
            "read",
            "what has no date",
            1,
            journal =>
                [
                    new FigureCheck([
                        .. StockTruth
                            .UnderWay(journal, Known.Company(journal, Known.Outfitters))
                            .Select(shipment => new Figure(
                                [shipment.RefNumber!],
                                [shipment.Lines.Sum(line => line.Shipped)]
                            )),
                    ]).WithTotal(),
                ]
        )
        {
            Needs = ["shipments_list"],
            Prepare = Dispatch,
        },
        new(
            49,
            "Of which batches are the HP-LANT-01 in Harbor & Pine Outfitters' Reno Stockroom, first in, first out, and how many units of each batch "
                + "are still there?",
            "End with 'Answer:' and one line for each batch: NUMBER OF ITS DOCUMENT: UNITS.",
            "core",
            "what is left of batches",
            2,
            journal =>
                [
                    new FigureCheck([
                        .. Fifo.Of(journal, Known.Outfitters)
                            .BatchesIn(
                                Known.Item(journal, Known.Outfitters, "HP-LANT-01"),
                                Known.Warehouse(journal, Known.Outfitters, "Reno Stockroom")
                            )
                            .Select(batch => new Figure([journal.Find(batch.Batch)!.RefNumber!], [batch.Units])),
                    ]).WithTotal(),
                ]
        ),
        new(
            59,
            "A Weekend Camp Kit takes one HP-LANT-01, one HP-BOTL-32F and one HP-TOWL-LG. How many kits could Harbor & Pine Outfitters build "
                + "today from what the Reno Stockroom has?",
            "End with 'Answer:' and the number of kits.",
            "core",
            "the scarcest part",
            1,
            Kits
        ),
    ];

    private static FigureCheck SellThrough(Journal journal, Ledger.Records.Item item, DateOnly start)
    {
        var (before, received, sold) = StockTruth.SoldOf(journal, item, start);
        return new([new([], [decimal.Round(100m * sold / (before + received), 1)])]);
    }

    private static FigureCheck Monthly(IReadOnlyDictionary<string, decimal> months) =>
        new FigureCheck([.. months.Select(pair => new Figure([pair.Key], [pair.Value], "USD"))]).WithTotal();

    private static IReadOnlyList<Check> Kits(Journal journal)
    {
        var reno = Known.Warehouse(journal, Known.Outfitters, "Reno Stockroom");
        var held = StockTruth.In(journal, reno, journal.Today);
        var parts = new[] { "HP-LANT-01", "HP-BOTL-32F", "HP-TOWL-LG" };
        return
        [
            new FigureCheck([
                new([], [parts.Min(sku => held.GetValueOrDefault(Known.Item(journal, Known.Outfitters, sku)))]),
            ]),
        ];
    }

    private static Journal Dispatch(Journal journal)
    {
        journal = ChangeQuestions.Dispatch(journal);
        var towel = Known.Item(journal, Known.Outfitters, "HP-TOWL-LG").Id;
        var first = journal.Shipments.Values.Single(shipment => shipment.RefNumber == "HP-SH-0499");
        return journal.Put(
            first with
            {
                Id = Journal.NextId(journal.Shipments),
                RefNumber = "HP-SH-0498",
                Name = "Towels to Savannah",
                Sent = new(2026, 11, 12),
                DestinationWarehouseId = Known.Warehouse(journal, Known.Outfitters, "Savannah Overflow").Id,
                Lines = [new(towel, 30, 0)],
            }
        );
    }
}
