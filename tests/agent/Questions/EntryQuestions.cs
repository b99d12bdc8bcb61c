using NeonPanel.Mcp.Agent.Checks;
using NeonPanel.Mcp.Agent.Truths;
using NeonPanel.Mcp.Ledger;
using NeonPanel.Mcp.Ledger.Records;

namespace NeonPanel.Mcp.Agent.Questions;

/// <summary>Writes that touch a part of a record, or that must not be done.</summary>
internal static class EntryQuestions
{
    private const string Done = "End with 'Answer:' and 'done', or what prevented it.";
    private const string Found = "End with 'Answer:' and what you found and did.";
    private static readonly DateOnly Carried = new(2026, 11, 25);

    public static readonly IReadOnlyList<Question> All =
    [
        new(
            53,
            "Set the lead time of TD-DBB-001 at Tidewater Goods Ltd to 40 days.",
            Done,
            "all",
            "a right that is missing",
            1,
            _ => [new WordCheck(["permission|right|not allowed|may not|403|denied|forbidden"], [])]
        )
        {
            IsWrite = true,
            IsTrap = true,
            Needs = ["updateInventoryItem"],
        },
        new(
            54,
            "Import the bill https://files.harborpine.example/HDC-4410.pdf into Harbor & Pine Outfitters.",
            Found,
            "core",
            "an import that ends in error",
            2,
            _ =>
                [
                    new WordCheck(
                        [
                            "error|fail|could not|cannot|not imported|was not|rejected",
                            "total|add up|sum|"
                                + string.Join('|', PrintedBill.DifferentTotals("HDC-4410.pdf").Select(Amounts.Text)),
                        ],
                        []
                    ),
                ]
        )
        {
            IsWrite = true,
            IsTrap = true,
        },
        new(
            55,
            "Our order HP-PO-1569 (Harbor & Pine Outfitters) changes: 90 HP-TPSL-018 in place of 66. All else stays as ordered.",
            Done,
            "all",
            "one line among five, all of which are replaced",
            2,
            _ => [new WordCheck(["done"], [])]
        )
        {
            IsWrite = true,
            Needs = ["inventoryOrders_update"],
            Difference = Reordered,
        },
        new(
            56,
            "Enter this bill for Harbor & Pine Outfitters, unless it is in the books already: SPP-6093 of 6 October 2026 from Sierra Pack & Print, "
                + "Packing Materials, 250 units at 0.42 USD.",
            Done,
            "all",
            "a number that is taken",
            1,
            _ => [new WordCheck(["already|exists|duplicate|in the books"], [])]
        )
        {
            IsWrite = true,
            IsTrap = true,
            Needs = ["bills_list"],
        },
        new(
            58,
            "Enter this bill for Harbor & Pine Canada Inc.: GLC-7001 of 25 November 2026 from Great Lakes Carriers, Ocean Freight, one unit at 640.00 "
                + "CAD. The vendor's usual payment term applies.",
            Done,
            "core",
            "a company whose name begins like another's",
            2,
            _ => [new WordCheck(["done"], [])]
        )
        {
            IsWrite = true,
            Difference = journal =>
                new([
                    ExpectedChange.New<Bill>(
                        "bill",
                        "bill GLC-7001 of Great Lakes Carriers at Harbor & Pine Canada, 2026-11-25, Ocean Freight 640.00 CAD",
                        bill => Fits(bill, Carriage(journal))
                    ),
                    ExpectedChange.New<PaymentRequest>(
                        "payment_request",
                        "a payment request of 640.00 CAD, due on 2026-12-10",
                        request =>
                            request is { AmountDue: 640, Currency: "CAD", PaidAmount: null }
                            && request.DueDate == Carried.AddDays(15)
                    ),
                ]),
        },
        new(
            60,
            "We no longer sell HP-BCS-037 in Mexico (Harbor & Pine Outfitters). Delete that inventory item.",
            Done,
            "all",
            "one SKU, two countries, a deletion",
            2,
            _ => [new WordCheck(["done"], [])]
        )
        {
            IsWrite = true,
            Needs = ["deleteInventoryItem"],
            Difference = journal =>
                new([
                    ExpectedChange.Same<Item>(
                        "item",
                        "HP-BCS-037 for Mexico is deleted",
                        item => item.Id == Known.Item(journal, Known.Outfitters, "HP-BCS-037", "MX").Id,
                        item => item with { IsDeleted = true }
                    ),
                ]),
        },
    ];

    /// <summary>The bill of the Canadian carrier.</summary>
    internal static Bill Carriage(Journal journal)
    {
        var vendor = Known.Vendor(journal, Known.Canada, "GLC");
        return new(
            Journal.NextId(journal.Bills),
            vendor.CompanyId,
            "Great Lakes Carriers GLC-7001",
            "GLC-7001",
            null,
            null,
            "CA",
            "CAD",
            vendor.Id,
            vendor.PaymentTermId,
            Carried,
            [],
            [new(Known.Service(journal, Known.Canada, "Ocean Freight").Id, 1, 640)]
        );
    }

    /// <summary>Order HP-PO-1569 with other units of the tent pegs.</summary>
    internal static InventoryOrder Reorder(Journal journal, int units)
    {
        var order = journal.InventoryOrders.Values.Single(order => order.RefNumber == "HP-PO-1569");
        var pegs = Known.Item(journal, Known.Outfitters, "HP-TPSL-018", "US").Id;
        return order with
        {
            Lines = [.. order.Lines.Select(line => line.ItemId == pegs ? line with { Quantity = units } : line)],
        };
    }

    private static bool Fits(Bill bill, Bill expected) =>
        bill.RefNumber == expected.RefNumber
        && bill.CompanyId == expected.CompanyId
        && bill.VendorId == expected.VendorId
        && bill.PaymentTermId == expected.PaymentTermId
        && bill.Date == expected.Date
        && bill.Currency == expected.Currency
        && bill.Lines.SequenceEqual(expected.Lines);

    private static DifferenceCheck Reordered(Journal journal)
    {
        var total = Reorder(journal, 90).Lines.Sum(line => line.Quantity * line.Price);
        ExpectedChange Installment(int percentage) =>
            ExpectedChange.Same<PaymentRequest>(
                "payment_request",
                $"{percentage} % of {Amounts.Text(total)} USD are due",
                request =>
                    journal.Find(request.Document)?.RefNumber == "HP-PO-1569"
                    && request.Installment.Percentage == percentage,
                request => request with { AmountDue = Cents.Divide(total, [40, 60])[percentage == 40 ? 0 : 1] }
            );
        return new([
            ExpectedChange.Same<InventoryOrder>(
                "inventory_order",
                "HP-PO-1569 has 90 HP-TPSL-018, and its other lines as before",
                order => order.RefNumber == "HP-PO-1569",
                _ => Reorder(journal, 90)
            ),
            Installment(40),
            Installment(60),
        ]);
    }
}
