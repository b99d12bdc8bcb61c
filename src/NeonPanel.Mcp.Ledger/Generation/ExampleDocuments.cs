namespace NeonPanel.Mcp.Ledger.Generation;

/// <summary>Documents of the specification's examples: lanterns and bottles come in, kits are built, Amazon is
/// supplied, 27 lanterns sell.</summary>
internal static class ExampleDocuments
{
    private const int Reno = 31;
    private const int Amazon = 32;
    private const int Lantern = 7401;
    private const int Bottle = 7402;
    private const int Towel = 7403;

    public static Journal AddTo(Journal journal) => ExamplePayments.AddTo(AddSales(AddPurchases(journal)));

    private static Journal AddPurchases(Journal journal) =>
        journal with
        {
            InventoryOrders = journal.InventoryOrders.AddRange(
                Keyed.By<InventoryOrder>(
                    order => order.Id,
                    Order(
                        509,
                        "Towels for summer",
                        "1f8d276d-5ab7-5a77-b5f7-746fd39e4286",
                        "HP-PO-1041",
                        65,
                        new(2026, 6, 8),
                        new(2026, 7, 20),
                        At(2026, 7, 21, 17, 5),
                        new OrderLine(Towel, 500, 3.1m)
                    ),
                    Order(
                        512,
                        "Lanterns and bottles for autumn",
                        "57a0f7f3-b9f2-550d-8337-0705d7c1e14d",
                        "HP-PO-1047",
                        63,
                        new(2026, 8, 3),
                        new(2026, 9, 14),
                        At(2026, 9, 15, 20, 40),
                        new(Lantern, 600, 9),
                        new(Bottle, 400, 6.75m)
                    ),
                    Order(
                        518,
                        "First run of skillets",
                        "92a72241-4e97-5bec-adb8-9ea2ccca1fa6",
                        "HP-PO-1052",
                        65,
                        new(2026, 10, 12),
                        null,
                        null,
                        new OrderLine(7404, 300, 11.8m)
                    )
                )
            ),
            Bills = journal.Bills.AddRange(
                Keyed.By<Bill>(
                    bill => bill.Id,
                    Bill(
                        904,
                        "Sea freight and entry for HP-PO-1047",
                        "bf0480a6-bd77-55b8-ac1c-0c8b393962e4",
                        "GBF-22817",
                        64,
                        new(2026, 9, 28),
                        At(2026, 10, 12, 15, 8),
                        new(DocumentKind.InventoryOrder, 512),
                        new(141, 1, 1440),
                        new(142, 1, 180)
                    ),
                    Bill(
                        911,
                        "Kit boxes and inserts",
                        "58246fe8-3dae-5deb-bf15-772749c3382d",
                        "SPP-6093",
                        66,
                        new(2026, 10, 6),
                        null,
                        new(DocumentKind.AssemblyOrder, 77),
                        new BillLine(146, 250, 0.42m)
                    )
                )
            ),
            AssemblyOrders = journal.AssemblyOrders.Add(
                77,
                new(
                    77,
                    ExampleCatalog.Hpo,
                    "Weekend kits, October build",
                    "HP-AO-0019",
                    new("ba795803-0993-5114-b7ca-e9d005dedf04"),
                    At(2026, 10, 5, 23, 30),
                    new(2026, 10, 5),
                    "US",
                    Reno,
                    [new(18, 120)]
                )
            ),
        };

    private static Journal AddSales(Journal journal) =>
        journal with
        {
            Shipments = journal.Shipments.AddRange(
                Keyed.By<Shipment>(
                    shipment => shipment.Id,
                    new(
                        330,
                        ExampleCatalog.Hpo,
                        "Amazon top-up, October",
                        "HP-SH-0203",
                        new("d4b4df03-6375-5c7e-b431-038f7af94c16"),
                        At(2026, 10, 15, 18, 0),
                        Shipment.Manual,
                        new(2026, 10, 8),
                        new(2026, 10, 15),
                        "US",
                        "US",
                        Reno,
                        Amazon,
                        "CLH0047715926",
                        "SPD",
                        "Cascade Linehaul",
                        [new(Lantern, 200, 200), new(Bottle, 150, 148)]
                    ),
                    new(
                        341,
                        ExampleCatalog.Hpo,
                        "Weekend kits to Amazon",
                        "FBA17HQ4K2ZB",
                        null,
                        null,
                        "Amazon FBA",
                        new(2026, 10, 20),
                        new(2026, 10, 29),
                        "US",
                        "US",
                        Reno,
                        Amazon,
                        "CLH0047788310",
                        "SPD",
                        "Cascade Linehaul",
                        [new(7405, 100, 100)]
                    )
                )
            ),
            Adjustments = journal.Adjustments.Add(
                158,
                new(
                    158,
                    ExampleCatalog.Hpo,
                    "Towels soaked by roof leak",
                    "HP-ADJ-0042",
                    new("516ce463-3d08-5376-b790-e6b935dd893e"),
                    At(2026, 10, 27, 16, 0),
                    new(2026, 10, 27),
                    "US",
                    "USD",
                    "Damaged",
                    Reno,
                    [new(Towel, 145, 12, 3.1m)]
                )
            ),
            Invoices = journal.Invoices.AddRange(
                Keyed.By<Invoice>(
                    invoice => invoice.Id,
                    new(
                        2650,
                        ExampleCatalog.Hpo,
                        "Tahoe Trading Post, winter shelf",
                        "HP-INV-0311",
                        new("88700f7e-f370-57c8-92f3-a3da7573e079"),
                        At(2026, 11, 4, 19, 2),
                        Invoice.Manual,
                        new(2026, 10, 21),
                        "US",
                        "USD",
                        Reno,
                        208,
                        6,
                        [new(Lantern, 143, 24, 468), new(Towel, 143, 60, 480), new(null, 144, 1, 52)]
                    ),
                    new(
                        2671,
                        ExampleCatalog.Hpo,
                        "Amazon order 114-8830257-1946618",
                        "114-8830257-1946618",
                        new("0db41ef9-3757-52eb-aef0-3c4d00cfced7"),
                        At(2026, 11, 6, 8, 11),
                        "amazon",
                        new(2026, 11, 6),
                        "US",
                        "USD",
                        Amazon,
                        null,
                        3,
                        [new(Lantern, 143, 3, 104.97m)]
                    )
                )
            ),
        };

    private static InventoryOrder Order(
        int id,
        string name,
        string task,
        string number,
        int vendor,
        DateOnly placed,
        DateOnly? received,
        DateTime? completed,
        params OrderLine[] lines
    ) =>
        new(
            id,
            ExampleCatalog.Hpo,
            name,
            number,
            new(task),
            completed,
            "US",
            "USD",
            vendor,
            11,
            placed,
            received,
            Reno,
            lines
        );

    private static Bill Bill(
        int id,
        string name,
        string task,
        string number,
        int vendor,
        DateOnly day,
        DateTime? completed,
        DocumentKey document,
        params BillLine[] lines
    ) =>
        new(
            id,
            ExampleCatalog.Hpo,
            name,
            number,
            new(task),
            completed,
            "US",
            "USD",
            vendor,
            12,
            day,
            [document],
            lines
        );

    private static DateTime At(int year, int month, int day, int hour, int minute) =>
        new(year, month, day, hour, minute, 0, DateTimeKind.Utc);
}
