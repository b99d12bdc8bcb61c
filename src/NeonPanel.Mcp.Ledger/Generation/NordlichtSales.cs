namespace NeonPanel.Mcp.Ledger.Generation;

/// <summary>The German sales of October and November 2026 that the examples give the sums of:
/// 8,430.00 with a cost of 3,112.40, and 5,127.60 with a cost of 1,904.25.</summary>
internal static class NordlichtSales
{
    public const decimal PotCost = 28m;
    public const decimal RoasterCost = 14.54m;
    public const decimal LadleCost = 7.87m;

    private const int Kiel = 51;
    private const int Sales = 159;

    /// <param name="items">Pot, roaster and ladle.</param>
    public static Journal AddTo(Journal journal, IReadOnlyList<int> items)
    {
        int pot = items[0],
            roaster = items[1],
            ladle = items[2];
        journal = journal.Put(
            new InventoryOrder(
                520,
                ExampleCatalog.Nlk,
                "Töpfe für den Herbst",
                "NK-PO-0118",
                new("4ae1b7d2-05c9-5f38-9a64-c3b8e70d12f5"),
                new(2026, 9, 10, 13, 20, 0, DateTimeKind.Utc),
                "DE",
                "EUR",
                83,
                16,
                new(2026, 7, 28),
                new(2026, 9, 10),
                Kiel,
                [new(pot, 160, PotCost), new(roaster, 120, RoasterCost), new(ladle, 60, LadleCost)]
            )
        );
        journal = journal.Put(
            Sale(
                2672,
                "NK-RE-0741",
                "Küchenhaus Brömmel, Herbst",
                new(2026, 10, 6),
                218,
                (pot, 50, 3750m),
                (roaster, 20, 810m)
            )
        );
        journal = journal.Put(
            Sale(
                2673,
                "NK-RE-0746",
                "Gasthof Zur Schönen Aussicht",
                new(2026, 10, 22),
                219,
                (pot, 30, 2250m),
                (roaster, 40, 1620m)
            )
        );
        journal = journal.Put(
            Sale(
                2674,
                "NK-RE-0752",
                "Küchenhaus Brömmel, Nachbestellung",
                new(2026, 11, 3),
                218,
                (pot, 48, 3600m),
                (ladle, 25, 515.1m)
            )
        );
        return journal.Put(
            Sale(
                2675,
                "NK-RE-0757",
                "Gasthof Zur Schönen Aussicht, Bräter",
                new(2026, 11, 12),
                219,
                (roaster, 25, 1012.5m)
            )
        );
    }

    private static Invoice Sale(
        int id,
        string number,
        string name,
        DateOnly day,
        int customer,
        params (int Item, int Quantity, decimal Amount)[] lines
    ) =>
        new(
            id,
            ExampleCatalog.Nlk,
            name,
            number,
            TaskIds.Of(DocumentKind.Invoice, id),
            null,
            Invoice.Manual,
            day,
            "DE",
            "EUR",
            Kiel,
            customer,
            6,
            [.. lines.Select(line => new InvoiceLine(line.Item, Sales, line.Quantity, line.Amount))]
        );
}
