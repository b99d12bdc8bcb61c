using NeonPanel.Mcp.Agent.Checks;
using NeonPanel.Mcp.Agent.Truths;
using NeonPanel.Mcp.Ledger;
using NeonPanel.Mcp.Ledger.Records;

namespace NeonPanel.Mcp.Agent.Questions;

/// <summary>Questions about quantities and places of stock.</summary>
internal static class StockQuestions
{
    private const string Lantern = "HP-LANT-01";
    private static readonly DateOnly EndOfJune = new(2026, 6, 30);

    public static readonly IReadOnlyList<Question> All =
    [
        new(
            3,
            "How many HP-LANT-01 does Harbor & Pine Outfitters have, by warehouse?",
            "End with 'Answer:' and one line for each warehouse: NAME: UNITS.",
            "core",
            "SKU to id",
            1,
            journal => [ByWarehouse(journal, Known.Item(journal, Known.Outfitters, Lantern))]
        ),
        new(
            4,
            "What stock does Harbor & Pine Outfitters LLC have of ASIN B0D7LN4QX1, in all warehouses together?",
            "End with 'Answer:' and one line for each item: COUNTRY CODE: UNITS.",
            "core",
            "one ASIN, two items",
            2,
            ByCountry
        ),
        new(
            5,
            "How many lanterns do we have?",
            "End with 'Answer:' and either a question back, or one line for each item whose name calls it a lantern: "
                + "COMPANY'S SHORT NAME, ITEM ID: UNITS in all warehouses.",
            "core",
            "ambiguous twice: items and companies",
            5,
            journal => [new EitherCheck(Lanterns(journal), new AskBackCheck())]
        )
        {
            IsTrap = true,
        },
        new(
            6,
            "How many HP-TOWL-LG did Harbor & Pine Outfitters have on 30 June 2026?",
            "End with 'Answer:' and the units in all warehouses.",
            "core",
            "a past day",
            1,
            journal =>
                [
                    new FigureCheck([
                        new(
                            [],
                            [StockTruth.Total(journal, Known.Item(journal, Known.Outfitters, "HP-TOWL-LG"), EndOfJune)]
                        ),
                    ]),
                ]
        ),
        new(
            7,
            "Which warehouse of Harbor & Pine Outfitters holds most of the steel bottles (HP-BOTL-32F), and how many?",
            "End with 'Answer:' and one line: NAME: UNITS.",
            "core",
            "comparison",
            1,
            journal => [Most(journal, Known.Item(journal, Known.Outfitters, "HP-BOTL-32F"))]
        ),
        new(
            8,
            "What is out of stock at Harbor & Pine Outfitters but on order?",
            "End with 'Answer:' and the SKUs, separated by commas.",
            "read",
            "join of two lists",
            2,
            journal => [Skus(journal, StockTruth.OutButOrdered(journal, Known.Company(journal, Known.Outfitters)))]
        )
        {
            Needs = ["inventoryOrders_list"],
        },
        new(
            10,
            "Which items of Harbor & Pine Outfitters that are in stock will run out within 30 days, if they go on to sell as "
                + "estimated (estimated_daily_sales, stock of all warehouses)?",
            "End with 'Answer:' and the SKUs, separated by commas.",
            "core",
            "planning data of all items",
            1,
            journal => [Skus(journal, StockTruth.RunsOutWithin(journal, Known.Company(journal, Known.Outfitters), 30))]
        ),
    ];

    private static FigureCheck ByWarehouse(Journal journal, Item item) =>
        new FigureCheck([
            .. StockTruth.ByWarehouse(journal, item).Select(pair => new Figure([pair.Key.Name], [pair.Value])),
        ]).WithTotal();

    private static FigureCheck Most(Journal journal, Item item)
    {
        var most = StockTruth.ByWarehouse(journal, item).MaxBy(pair => pair.Value);
        return new([new([most.Key.Name], [most.Value])]);
    }

    private static IReadOnlyList<Check> ByCountry(Journal journal) =>
        [
            new FigureCheck([
                .. journal
                    .Items.Values.Where(item => item.CompanyId == Known.Company(journal, Known.Outfitters).Id)
                    .Where(item => journal.ListingOf(item)?.Asin == "B0D7LN4QX1")
                    .Select(item => new Figure([item.Country!], [StockTruth.Total(journal, item)])),
            ]),
        ];

    // A hook for lanterns is none; who counts it all the same is not wrong.
    private static FigureCheck Lanterns(Journal journal) =>
        new([
            .. journal
                .Items.Values.Where(item => journal.Companies[item.CompanyId].IsVisible)
                .Select(item => (Item: item, Name: journal.ProductOf(item)?.Name ?? ""))
                .Where(pair => pair.Name.Contains("lantern", StringComparison.OrdinalIgnoreCase))
                .Select(pair => new Figure(
                    [
                        $"{journal.Companies[pair.Item.CompanyId].ShortName}|{journal.Companies[pair.Item.CompanyId].Name}",
                        Amounts.Text(pair.Item.Id),
                    ],
                    [StockTruth.Total(journal, pair.Item)],
                    IsOptional: pair.Name.Contains("hook", StringComparison.OrdinalIgnoreCase)
                )),
        ]);

    private static SetCheck Skus(Journal journal, IReadOnlySet<string> expected) =>
        new(expected, journal.Products.Values.Select(product => product.Sku).OfType<string>().ToHashSet());
}
