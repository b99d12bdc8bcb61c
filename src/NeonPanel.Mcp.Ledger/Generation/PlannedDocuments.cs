namespace NeonPanel.Mcp.Ledger.Generation;

/// <summary>Documents that stand between the examples and the simulation: an earlier batch of towels, and a second,
/// dearer batch of lanterns.</summary>
internal static class PlannedDocuments
{
    private const int Reno = 31;
    private const int Lantern = 7401;
    private const int Towel = 7403;

    public static Journal AddTo(Journal journal)
    {
        journal = journal.Put(
            new InventoryOrder(
                505,
                ExampleCatalog.Hpo,
                "Towels, first batch",
                "HP-PO-1033",
                TaskIds.Of(DocumentKind.InventoryOrder, 505),
                At(2026, 3, 3),
                "US",
                "USD",
                65,
                11,
                new(2026, 1, 19),
                new(2026, 3, 2),
                Reno,
                [new(Towel, 300, 2.95m)]
            )
        );
        journal = journal.Put(
            Sale(2590, "HP-INV-0261", "Bear Valley Outfitters, spring", new(2026, 4, 14), 209, 120, 936m)
        );
        journal = journal.Put(
            Sale(2604, "HP-INV-0270", "Mono Lake Mercantile, May order", new(2026, 5, 20), 211, 100, 790m)
        );
        journal = journal.Put(
            Sale(2611, "HP-INV-0277", "Tahoe Trading Post, summer shelf", new(2026, 6, 12), 208, 40, 320m)
        );
        journal = journal.Put(Sale(2623, "HP-INV-0285", "Ponderosa General Store", new(2026, 7, 8), 215, 40, 326m));
        if (journal.Today < new DateOnly(2026, 11, 20))
        {
            return journal;
        }

        journal = journal.Put(
            new InventoryOrder(
                521,
                ExampleCatalog.Hpo,
                "Lanterns for the holidays",
                "HP-PO-1060",
                TaskIds.Of(DocumentKind.InventoryOrder, 521),
                At(2026, 11, 21),
                "US",
                "USD",
                63,
                11,
                new(2026, 10, 5),
                new(2026, 11, 20),
                Reno,
                [new(Lantern, 500, 9.4m)]
            )
        );
        // The freight is what makes this batch dearer.
        return journal.Put(
            new Bill(
                912,
                ExampleCatalog.Hpo,
                "Air freight and entry for HP-PO-1060",
                "GBF-22964",
                TaskIds.Of(DocumentKind.Bill, 912),
                null,
                "US",
                "USD",
                64,
                12,
                new(2026, 11, 20),
                [new(DocumentKind.InventoryOrder, 521)],
                [new(147, 1, 1650m), new(142, 1, 185m)]
            )
        );
    }

    private static Invoice Sale(
        int id,
        string number,
        string name,
        DateOnly day,
        int customer,
        int units,
        decimal amount
    ) =>
        new(
            id,
            ExampleCatalog.Hpo,
            name,
            number,
            TaskIds.Of(DocumentKind.Invoice, id),
            day.AddDays(20).ToDateTime(new(17, 0), DateTimeKind.Utc),
            Invoice.Manual,
            day,
            "US",
            "USD",
            Reno,
            customer,
            6,
            [new(Towel, 143, units, amount)]
        );

    private static DateTime At(int year, int month, int day) => new(year, month, day, 18, 30, 0, DateTimeKind.Utc);
}
