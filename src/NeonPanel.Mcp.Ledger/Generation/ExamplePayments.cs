using NeonPanel.Mcp.Ledger.Records;

namespace NeonPanel.Mcp.Ledger.Generation;

/// <summary>Payment requests of the specification's examples, with their ids and payments.</summary>
internal static class ExamplePayments
{
    public static Journal AddTo(Journal journal)
    {
        Journal Add(DocumentKey document, params PaymentRequest[] paid)
        {
            var payable = (PayableDocument)journal.Find(document)!;
            var planned = PaymentPlan.Plan(payable, journal.PaymentTerms[payable.PaymentTermId!.Value]);
            return journal with
            {
                PaymentRequests = journal.PaymentRequests.AddRange(
                    planned.Zip(paid, (request, payment) =>
                        KeyValuePair.Create(
                            payment.Id,
                            request with
                            {
                                Id = payment.Id,
                                PaidAmount = payment.PaymentDate is null ? null : request.AmountDue,
                                PaymentDate = payment.PaymentDate,
                                TransactionNumber = payment.TransactionNumber,
                                Memo = payment.Memo,
                            }
                        )
                    )
                ),
            };
        }

        journal = Add(
            new(DocumentKind.InventoryOrder, 509),
            Paid(1190, "WIRE-68840", new(2026, 6, 8)),
            Paid(1191, "WIRE-69902", new(2026, 7, 21))
        );
        journal = Add(
            new(DocumentKind.InventoryOrder, 512),
            Paid(1207, "WIRE-70314", new(2026, 8, 4)) with
            {
                Memo = "Sent from the operating account",
            },
            Paid(1208, "WIRE-70988", new(2026, 9, 15))
        );
        journal = Add(new(DocumentKind.Bill, 904), Paid(1214, "ACH-55120", new(2026, 10, 12)));
        journal = Add(
            new(DocumentKind.InventoryOrder, 518),
            Paid(1221, "WIRE-71467", new(2026, 10, 13)),
            Paid(1222, null, null)
        );
        return Add(new(DocumentKind.Bill, 911), Paid(1226, null, null));
    }

    private static PaymentRequest Paid(int id, string? transaction, DateOnly? day) =>
        new(
            id,
            ExampleCatalog.Hpo,
            default,
            new(DateAnchor.Date, 0, 100),
            0,
            null,
            null,
            "",
            "",
            null,
            day,
            transaction
        );
}
