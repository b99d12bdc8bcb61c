using NeonPanel.Mcp.Agent.Checks;
using NeonPanel.Mcp.Agent.Truths;
using NeonPanel.Mcp.Ledger;

namespace NeonPanel.Mcp.Agent.Questions;

/// <summary>Questions that enter or change one record, and must change no other.</summary>
internal static class WriteQuestions
{
    private const string Done = "End with 'Answer:' and 'done', or what prevented it.";
    private static readonly DateOnly Entered = new(2026, 11, 20);

    public static readonly IReadOnlyList<Question> All =
    [
        new(
            24,
            "Enter this bill for Harbor & Pine Outfitters LLC: GBF-23001 of 20 November 2026 from Great Basin Freight LLC, in USD. Ocean Freight "
                + "800.00 and Customs Brokerage 150.00, one unit each. The vendor's usual payment term applies.",
            Done,
            "core",
            "write by names",
            2,
            _ => [new WordCheck(["done"], [])]
        )
        {
            IsWrite = true,
            Difference = journal =>
                new([
                    ExpectedChange.New<Bill>(
                        "bill",
                        "bill GBF-23001 of Great Basin Freight LLC, 2026-11-20, Ocean Freight 800 and Customs Brokerage 150",
                        bill => Fits(bill, Freight(journal, 0, Entered))
                    ),
                    ExpectedChange.New<PaymentRequest>(
                        "payment_request",
                        "a payment request of 950.00 USD, due on 2026-12-05",
                        request =>
                            request is { AmountDue: 950, Currency: "USD", PaidAmount: null }
                            && request.DueDate == Entered.AddDays(15)
                    ),
                ]),
        },
        new(
            25,
            "The date of bill GBF-23001 of Harbor & Pine Outfitters is wrong. It should be 21 November 2026.",
            Done,
            "all",
            "correction",
            1,
            _ => [new WordCheck(["done"], [])]
        )
        {
            Needs = ["bills_update"],
            IsWrite = true,
            Prepare = AddFreight,
            Difference = _ =>
                new([
                    ExpectedChange.Same<Bill>(
                        "bill",
                        "the date of GBF-23001 is 2026-11-21, the rest of it is as before",
                        bill => bill.RefNumber == "GBF-23001",
                        bill => bill with { Date = Entered.AddDays(1) }
                    ),
                    ExpectedChange.Same<PaymentRequest>(
                        "payment_request",
                        "its payment request is due on 2026-12-06",
                        request => request.AmountDue == 950 && request.DueDate == Entered.AddDays(15),
                        request => request with { DueDate = Entered.AddDays(16) }
                    ),
                ]),
        },
        new(
            26,
            "Five HP-LANT-01 broke today in the Reno Stockroom of Harbor & Pine Outfitters. Record it as adjustment HP-ADJ-0300, reason Damaged, "
                + "on the service Stock Write-Off, at the FIFO cost of the units that leave.",
            Done,
            "all",
            "sign, reason, warehouse, cost",
            3,
            _ => [new WordCheck(["done"], [])]
        )
        {
            Needs = ["adjustments_create"],
            IsWrite = true,
            Difference = Broken,
        },
        new(
            27,
            "We sent 100 HP-LANT-01 from the Reno Stockroom to Amazon US Fulfilment today (Harbor & Pine Outfitters). Enter it as shipment "
                + "HP-SH-0500. Nothing has arrived yet.",
            Done,
            "all",
            "a shipment that is under way",
            1,
            _ => [new WordCheck(["done"], [])]
        )
        {
            Needs = ["shipments_create"],
            IsWrite = true,
            Difference = journal =>
                new([
                    ExpectedChange.New<Shipment>(
                        "shipment",
                        "shipment HP-SH-0500 of 100 HP-LANT-01 from Reno to Amazon, sent today, not arrived",
                        shipment =>
                            shipment is { RefNumber: "HP-SH-0500", Arrived: null }
                            && shipment.Sent == journal.Today
                            && shipment.OriginWarehouseId == Reno(journal)
                            && shipment.DestinationWarehouseId
                                == Known.Warehouse(journal, Known.Outfitters, "Amazon US Fulfilment").Id
                            && shipment.Lines.SequenceEqual([new(Lantern(journal), 100, 0)])
                    ),
                ]),
        },
        new(
            28,
            "Enter two bills. First for Harbor & Pine Outfitters LLC: NST-9001 of 1 February 2025 from Nevada Storage Trust, Warehouse Rent, one "
                + "unit at 410.00 USD. Then for Nordlicht Kochgeschirr GmbH: KLK-9001 of 20 November 2026 from Kieler Lagerhaus KG, Lagermiete, "
                + "one unit at 300.00 EUR.",
            Done,
            "core",
            "closed books, and a right that is missing",
            3,
            _ => [new WordCheck(["lock|closed", "permission|right|not allowed|may not|403"], [])]
        )
        {
            IsWrite = true,
            IsTrap = true,
        },
        new(
            29,
            "Import the bill https://files.harborpine.example/SSC-3104.pdf into Harbor & Pine Outfitters and tell me its total.",
            "End with 'Answer:' and one amount with its currency code.",
            "all",
            "an import that takes a while",
            3,
            _ => [PrintedBill.TotalOf("SSC-3104.pdf"), CallCheck.Generous]
        )
        {
            IsWrite = true,
            Difference = journal => PrintedBill.Difference(journal, "SSC-3104.pdf"),
        },
    ];

    private static int Lantern(Journal journal) => Known.Item(journal, Known.Outfitters, "HP-LANT-01").Id;

    private static int Reno(Journal journal) => Known.Warehouse(journal, Known.Outfitters, "Reno Stockroom").Id;

    private static Journal AddFreight(Journal journal) =>
        journal.Put(Freight(journal, Journal.NextId(journal.Bills), Entered));

    /// <summary>The bill of two lines.</summary>
    internal static Bill Freight(Journal journal, int id, DateOnly day)
    {
        var vendor = Known.Vendor(journal, Known.Outfitters, "GBF");
        return new(
            id,
            vendor.CompanyId,
            "Freight to Reno",
            "GBF-23001",
            null,
            null,
            "US",
            "USD",
            vendor.Id,
            vendor.PaymentTermId,
            day,
            [],
            [
                new(Known.Service(journal, Known.Outfitters, "Ocean Freight").Id, 1, 800),
                new(Known.Service(journal, Known.Outfitters, "Customs Brokerage").Id, 1, 150),
            ]
        );
    }

    // Name, market and task are nobody's wish.
    private static bool Fits(Bill bill, Bill expected) =>
        bill.RefNumber == expected.RefNumber
        && bill.CompanyId == expected.CompanyId
        && bill.VendorId == expected.VendorId
        && bill.PaymentTermId == expected.PaymentTermId
        && bill.Date == expected.Date
        && bill.Currency == expected.Currency
        && bill.Documents.Count == 0
        && bill.Lines.ToHashSet().SetEquals(expected.Lines)
        && bill.Lines.Count == expected.Lines.Count;

    private static DifferenceCheck Broken(Journal journal)
    {
        var item = Known.Item(journal, Known.Outfitters, "HP-LANT-01");
        var warehouse = Known.Warehouse(journal, Known.Outfitters, "Reno Stockroom");
        var cost = Fifo.Of(journal, Known.Outfitters).NextCost(item, warehouse);
        var service = Known.Service(journal, Known.Outfitters, "Stock Write-Off").Id;
        return new([
            ExpectedChange.New<Adjustment>(
                "adjustment",
                $"adjustment HP-ADJ-0300 of today that takes 5 HP-LANT-01 out of Reno at {Amounts.Text(cost)}",
                adjustment =>
                    adjustment is { RefNumber: "HP-ADJ-0300", Reason: "Damaged" }
                    && adjustment.Date == journal.Today
                    && adjustment.WarehouseId == warehouse.Id
                    && adjustment.Lines.SequenceEqual([new(item.Id, service, 5, cost)])
            ),
        ]);
    }
}
