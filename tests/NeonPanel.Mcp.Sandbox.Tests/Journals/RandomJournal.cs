using CsCheck;
using NeonPanel.Mcp.Ledger;
using NeonPanel.Mcp.Ledger.Records;

namespace NeonPanel.Mcp.Sandbox.Tests.Journals;

/// <summary>Small journals of one company with two warehouses, three items and a kit, in which anything may happen:
/// goods that are sold before they come, returns, losses, bills in three ways, adjustments in both
/// directions.</summary>
internal static class RandomJournal
{
    public const int Company = 1;

    public static readonly DateOnly First = new(2026, 1, 1);

    private static readonly int[] Warehouses = [11, 12];
    private static readonly int[] Items = [101, 102, 103];

    private static readonly Gen<int> Warehouse = Gen.Int[0, 1].Select(at => Warehouses[at]);
    private static readonly Gen<int> Item = Gen.Int[0, 2].Select(at => Items[at]);
    private static readonly Gen<DateOnly> Day = Gen.Int[0, 60].Select(day => First.AddDays(day));
    private static readonly Gen<decimal> Price = Gen.Int[1, 9999].Select(cents => cents / 100m);

    /// <summary>Journals in which anything may happen.</summary>
    public static readonly Gen<Journal> Any = Of(oversells: true);

    /// <summary>Journals in which no unit leaves a warehouse that did not have it: everything comes first.</summary>
    public static readonly Gen<Journal> Stocked = Of(oversells: false);

    private static Gen<Journal> Of(bool oversells)
    {
        // Where nothing may be missing, much comes on the first day and nothing else does.
        var later = oversells ? Day : Day.Select(day => day.AddDays(1));
        var order = Gen.Select(
            Gen.Select(
                oversells
                    ? Gen.Int[0, 70].Select(day => day > 60 ? (DateOnly?)null : First.AddDays(day))
                    : Gen.Const<DateOnly?>(First),
                Warehouse
            ),
            Gen.Select(Item, Gen.Int[oversells ? 1 : 400, 900], Price, (item, units, price) =>
                new OrderLine(item, units, price)
            ).List[1, 4],
            (head, lines) =>
                (Func<int, Document>)(
                    id => new InventoryOrder(
                        id,
                        Company,
                        null,
                        $"PO-{id}",
                        null,
                        null,
                        "US",
                        "USD",
                        null,
                        12,
                        First,
                        head.Item1,
                        head.Item2,
                        lines
                    )
                )
        );
        var shipment = Gen.Select(
            Gen.Select(later, Gen.Int[0, 9], Warehouse),
            Gen.Select(Item, Gen.Int[1, 20], Gen.Int[0, 3], (item, units, lost) =>
                new ShipmentLine(item, units, Math.Max(0, units - lost))
            ).List[1, 3],
            (head, lines) =>
                (Func<int, Document>)(
                    id => new Shipment(
                        id,
                        Company,
                        null,
                        $"SH-{id}",
                        null,
                        null,
                        Shipment.Manual,
                        head.Item1,
                        head.Item1.AddDays(head.Item2),
                        "US",
                        "US",
                        head.Item3,
                        Warehouses.First(warehouse => warehouse != head.Item3),
                        null,
                        null,
                        null,
                        lines
                    )
                )
        );
        var kit = Gen.Select(later, Warehouse, Gen.Int[1, 9], (day, warehouse, count) =>
            (Func<int, Document>)(
                id => new AssemblyOrder(
                    id,
                    Company,
                    null,
                    $"AO-{id}",
                    null,
                    null,
                    day,
                    "US",
                    warehouse,
                    [new(1, count)]
                )
            )
        );
        var adjustment = Gen.Select(
            later,
            Warehouse,
            Gen.Select(Item, Gen.Int[-5, 5], Price).List[1, 3],
            (day, warehouse, lines) =>
                (Func<int, Document>)(
                    id => new Adjustment(
                        id,
                        Company,
                        null,
                        $"ADJ-{id}",
                        null,
                        null,
                        day,
                        "US",
                        "USD",
                        "Damaged",
                        warehouse,
                        [.. lines.Select(line => new AdjustmentLine(line.Item1, 1, line.Item2, line.Item3))]
                    )
                )
        );
        var invoice = Gen.Select(
            later,
            Warehouse,
            Gen.Select(Item, Gen.Int[oversells ? -3 : 1, 25], Price).List[1, 3],
            (day, warehouse, lines) =>
                (Func<int, Document>)(
                    id => new Invoice(
                        id,
                        Company,
                        null,
                        $"INV-{id}",
                        null,
                        null,
                        Invoice.Manual,
                        day,
                        "US",
                        "USD",
                        warehouse,
                        null,
                        null,
                        [
                            .. lines.Select(line => new InvoiceLine(line.Item1, 2, line.Item2, line.Item3)),
                            new(null, 2, 1, 5),
                        ]
                    )
                )
        );
        var documents = Gen.Select(
            order.List[1, 5],
            Gen.OneOf(shipment, kit, adjustment, invoice).List[0, 14],
            (orders, others) => orders.Concat(others).ToList()
        );
        var bills = Gen.Select(
            Day,
            Gen.Int[0, 20],
            Gen.Select(Gen.Int[1, 3], Price, (units, rate) => new BillLine(3, units, rate)).List[1, 3]
        ).List[0, 6];
        return Gen.Select(documents, bills, (made, sent) => Build(made, sent, oversells));
    }

    private static Journal Build(
        List<Func<int, Document>> documents,
        List<(DateOnly Day, int Target, List<BillLine> Lines)> bills,
        bool oversells
    )
    {
        var journal = oversells ? Empty(bills.Count > 3) : Filled(Empty(bills.Count > 3));
        var made = documents.Select((document, at) => document(at + 1)).ToList();
        made.ForEach(document => journal = journal.Put(document));
        var id = 1;
        foreach (var (day, target, lines) in bills)
        {
            var tied = made[target % made.Count];
            DocumentKey[] keys = tied is InventoryOrder or Shipment or AssemblyOrder ? [tied.Key] : [];
            journal = journal.Put(
                new Bill(
                    id,
                    Company,
                    null,
                    $"B-{id}",
                    null,
                    null,
                    "US",
                    "USD",
                    null,
                    id % 3 == 0 ? 13 : 12,
                    day,
                    keys,
                    lines
                )
            );
            id++;
        }

        return journal;
    }

    // More of each item in each warehouse than all documents together can take.
    private static Journal Filled(Journal journal)
    {
        foreach (var warehouse in Warehouses)
        {
            OrderLine[] lines = [.. Items.Select(item => new OrderLine(item, 1500, (item % 7) + 0.33m))];
            var (id, number) = (900 + warehouse, $"PO-{900 + warehouse}");
            journal = journal.Put(
                new InventoryOrder(
                    id,
                    Company,
                    null,
                    number,
                    null,
                    null,
                    "US",
                    "USD",
                    null,
                    12,
                    First,
                    First,
                    warehouse,
                    lines
                )
            );
        }

        return journal;
    }

    private static Journal Empty(bool hasKit)
    {
        var journal = new Journal
        {
            Today = First.AddDays(90),
            Companies = new Journal { Today = First }.Companies.Add(
                Company,
                new(Company, Guid.Empty, "One", "ONE", "USD", "UTC", "US", First, Permissions.All)
            ),
        };
        foreach (var warehouse in Warehouses)
        {
            journal = journal with
            {
                Warehouses = journal.Warehouses.Add(
                    warehouse,
                    new(warehouse, Company, Guid.NewGuid(), $"W{warehouse}", "3PL", "US")
                ),
            };
        }

        foreach (var item in Items.Append(104))
        {
            journal = journal with
            {
                Items = journal.Items.Add(
                    item,
                    new(item, Company, null, null, "US", null, null, null, null, RestockFigures.None, default)
                ),
            };
        }

        Component[] parts = hasKit ? [new(101, 1), new(102, 2)] : [new(103, 1)];
        return journal with
        {
            Assemblies = journal.Assemblies.Add(1, new(1, Company, 104, "Kit", "", parts)),
            Services = journal.Services.Add(3, new(3, Company, "Freight", null)),
            PaymentTerms = journal
                .PaymentTerms.Add(12, new(12, null, null, "Net 15", [new(DateAnchor.Date, 15, 100)]))
                .Add(
                    13,
                    new(
                        13,
                        null,
                        null,
                        "Thirds",
                        [new(DateAnchor.Date, 0, 33), new(DateAnchor.Date, 30, 33), new(DateAnchor.Date, 60, 34)]
                    )
                ),
        };
    }
}
