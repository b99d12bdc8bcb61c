using NeonPanel.Mcp.Agent.Truths;
using NeonPanel.Mcp.Ledger;
using NeonPanel.Mcp.Ledger.Records;

namespace NeonPanel.Mcp.Agent.Checks;

/// <summary>Right and nearly right books of imports, payments, settings, kits, orders, arrivals and sales.</summary>
internal static class ChangeBookCases
{
    private const int Lantern = 7401;
    private const int Reno = 31;
    private const int Amazon = 32;

    public static IEnumerable<CheckCase> All(Journal journal) =>
        [
            .. Imported(journal),
            .. Paid(journal),
            .. Planned(journal),
            .. Set(journal),
            .. Assembled(journal),
            .. Ordered(journal),
            .. Arrived(journal),
            .. Sold(journal),
        ];

    // SSC-3104.pdf as it is printed: customs brokerage 185.00 and import duty 1,243.80 of 18 November, net 30 days.
    private static IEnumerable<CheckCase> Imported(Journal journal)
    {
        var bill = new Bill(
            Journal.NextId(journal.Bills),
            214,
            "Customs",
            "SSC-3104",
            null,
            null,
            "US",
            "USD",
            73,
            14,
            new(2026, 11, 18),
            [],
            [new(142, 1, 185), new(148, 1, 1243.8m)]
        );
        CheckCase Of(string name, Func<Bill, Bill> change, bool isRight) =>
            BookCases.Case(29, name, journal, books => books.Put(change(bill)), isRight);
        yield return Of("right", same => same, true);
        yield return Of("another total", wrong => wrong with { Lines = [new(142, 1, 185), new(148, 1, 1243)] }, false);
        yield return Of("the day of entry", wrong => wrong with { Date = journal.Today }, false);
        yield return Of("another vendor", wrong => wrong with { VendorId = 72 }, false);
        yield return Of("no term", wrong => wrong with { PaymentTermId = null }, false);
    }

    private static IEnumerable<CheckCase> Paid(Journal journal)
    {
        var open = journal.PaymentRequests[1226];
        var right = open with { PaidAmount = 105, PaymentDate = journal.Today, TransactionNumber = "ACH-60001" };
        CheckCase Of(string name, PaymentRequest request, bool isRight) =>
            BookCases.Case(31, name, journal, books => Payments.Put(books, request), isRight);
        yield return Of("right", right, true);
        yield return Of("a part", right with { PaidAmount = 100 }, false);
        yield return Of("another transfer", right with { TransactionNumber = "ACH-6001" }, false);
        yield return Of("another day", right with { PaymentDate = right.DueDate }, false);
        yield return Of("a memo as well", right with { Memo = "ACH-60001" }, false);
    }

    private static IEnumerable<CheckCase> Planned(Journal journal)
    {
        CheckCase Of(string name, int id, Func<RestockFigures, RestockFigures> change, bool isRight) =>
            BookCases.Case(
                32,
                name,
                journal,
                books =>
                    books with
                    {
                        Items = books.Items.SetItem(
                            id,
                            books.Items[id] with
                            {
                                Restock = change(books.Items[id].Restock),
                            }
                        ),
                    },
                isRight
            );
        yield return Of("right", Lantern, figures => figures with { LeadTimeDays = 50 }, true);
        yield return Of("the other figures lost", Lantern, _ => RestockFigures.None with { LeadTimeDays = 50 }, false);
        yield return Of("the way to Amazon", Lantern, figures => figures with { FbaLeadTimeDays = 50 }, false);
        yield return Of("another item", 7406, figures => figures with { LeadTimeDays = 50 }, false);
    }

    private static IEnumerable<CheckCase> Set(Journal journal)
    {
        CheckCase Of(string title, string name, string value, bool isRight) =>
            BookCases.Case(
                33,
                title,
                journal,
                books =>
                {
                    var values = new Dictionary<string, string?>(books.Forecasts[214].Values) { [name] = value };
                    return books with { Forecasts = books.Forecasts.SetItem(214, new(214, values)) };
                },
                isRight
            );
        yield return Of("right", "default_safety_stock_days", "25", true);
        yield return Of("weeks", "default_safety_stock_days", "175", false);
        yield return Of("that of Amazon", "default_fba_safety_stock", "25", false);
    }

    private static IEnumerable<CheckCase> Assembled(Journal journal)
    {
        var order = new AssemblyOrder(
            Journal.NextId(journal.AssemblyOrders),
            214,
            null,
            "HP-AO-0300",
            null,
            null,
            journal.Today,
            "US",
            Reno,
            [new(18, 10)]
        );
        CheckCase Of(string name, AssemblyOrder written, bool isRight) =>
            BookCases.Case(34, name, journal, books => books.Put(written), isRight);
        yield return Of("right", order, true);
        yield return Of("planned", order with { Assembled = null }, false);
        yield return Of("another kit", order with { Lines = [new(19, 10)] }, false);
        yield return Of("one kit", order with { Lines = [new(18, 1)] }, false);
        yield return Of("another warehouse", order with { WarehouseId = Amazon }, false);
    }

    private static IEnumerable<CheckCase> Ordered(Journal journal)
    {
        var order = new InventoryOrder(
            Journal.NextId(journal.InventoryOrders),
            214,
            null,
            "HP-PO-1700",
            null,
            null,
            "US",
            "USD",
            63,
            11,
            journal.Today,
            null,
            Reno,
            [new(7402, 200, 6.9m)]
        );
        CheckCase Of(string name, InventoryOrder written, bool isRight) =>
            BookCases.Case(35, name, journal, books => books.Put(written), isRight);
        yield return Of("right", order, true);
        yield return Of("received", order with { Received = journal.Today }, false);
        yield return Of("no term", order with { PaymentTermId = null }, false);
        yield return Of("the price of the line", order with { Lines = [new(7402, 200, 1380)] }, false);
        yield return Of("another vendor", order with { VendorId = 65 }, false);
        yield return Of("another item", order with { Lines = [new(7403, 200, 6.9m)] }, false);
    }

    private static IEnumerable<CheckCase> Arrived(Journal journal)
    {
        CheckCase Of(string name, Func<Shipment, Shipment> change, bool isRight) =>
            BookCases.Case(
                41,
                name,
                journal,
                books =>
                {
                    var shipment = books.Shipments.Values.Single(shipment => shipment.RefNumber == "HP-SH-0499");
                    return books.Put(
                        change(
                            shipment with
                            {
                                Arrived = books.Today,
                                Completed = books.Today.ToDateTime(new(12, 0), DateTimeKind.Utc),
                                Lines = [.. shipment.Lines.Select(line => line with { Received = line.Shipped })],
                            }
                        )
                    );
                },
                isRight
            );
        yield return Of("right", same => same, true);
        yield return Of("one line", wrong => wrong with { Lines = [wrong.Lines[0]] }, false);
        yield return Of(
            "nothing received",
            wrong => wrong with { Lines = [.. wrong.Lines.Select(line => line with { Received = 0 })] },
            false
        );
        yield return Of("yesterday", wrong => wrong with { Arrived = wrong.Arrived!.Value.AddDays(-1) }, false);
        yield return Of("no tracking number", wrong => wrong with { TrackingNumber = null }, false);
    }

    private static IEnumerable<CheckCase> Sold(Journal journal)
    {
        var service = Known.Service(journal, Known.Outfitters, "Merchandise Sales").Id;
        var invoice = new Invoice(
            Journal.NextId(journal.Invoices),
            214,
            null,
            "HP-INV-9001",
            null,
            null,
            Invoice.Manual,
            journal.Today,
            "US",
            "USD",
            Reno,
            208,
            6,
            [new(Lantern, service, 6, 117)]
        );
        CheckCase Of(string name, Invoice written, bool isRight) =>
            BookCases.Case(42, name, journal, books => books.Put(written), isRight);
        yield return Of("right", invoice, true);
        yield return Of("the price of a unit", invoice with { Lines = [new(Lantern, service, 6, 19.5m)] }, false);
        yield return Of("another customer", invoice with { CustomerId = 209 }, false);
        yield return Of("no channel", invoice with { SalesChannelId = null }, false);
        yield return Of("taken back", invoice with { Lines = [new(Lantern, service, -6, 117)] }, false);
        yield return Of("no item", invoice with { Lines = [new(null, service, 6, 117)] }, false);
    }
}
