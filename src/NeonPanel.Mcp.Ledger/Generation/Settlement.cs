namespace NeonPanel.Mcp.Ledger.Generation;

/// <summary>Pays most of what is due, and enters some bills twice.</summary>
internal static class Settlement
{
    private const int EnteredTwice = 4;

    public static Journal AddTo(Journal journal, ulong seed, int exampleRequests)
    {
        var random = SeededRandom.For(seed, "payments");
        journal = EnterTwice(journal, random);
        foreach (var request in journal.PaymentRequests.Values.Where(request => request.Id > exampleRequests))
        {
            journal = Pay(journal, request, random);
        }

        return journal;
    }

    private static Journal EnterTwice(Journal journal, SeededRandom random)
    {
        var bills = journal
            .Bills.Values.Where(bill =>
                bill.CompanyId == ExampleCatalog.Hpo && bill.Id > 912 && bill.Documents.Count == 0
            )
            .Where(bill => bill.Date >= new DateOnly(2026, 4, 1) && bill.Date <= journal.Today.AddDays(-8))
            .ToList();
        for (var at = 0; at < EnteredTwice && bills.Count > 0; at++)
        {
            var bill = random.Pick(bills);
            bills.Remove(bill);
            var id = Journal.NextId(journal.Bills);
            var number = bill.RefNumber!.Replace("-", at % 2 == 0 ? "" : "-0", StringComparison.Ordinal);
            journal = journal.Put(
                bill with
                {
                    Id = id,
                    RefNumber = number,
                    Task = TaskIds.Of(DocumentKind.Bill, id),
                    Date = bill.Date!.Value.AddDays(random.Next(1, 6)),
                }
            );
        }

        return journal;
    }

    private static Journal Pay(Journal journal, PaymentRequest request, SeededRandom random)
    {
        if (request.DueDate is not { } due || due > journal.Today.AddDays(1))
        {
            return journal;
        }

        var isLate = due < journal.Today.AddDays(-20);
        var day = due.AddDays(random.Next(-2, 4));
        if (!random.Chance(isLate ? 97 : 60) || day > journal.Today)
        {
            return journal;
        }

        var number = $"{(request.Document.Kind == DocumentKind.Bill ? "ACH" : "WIRE")}-{random.Next(10_000, 99_999)}";
        var paid = request with { PaidAmount = request.AmountDue, PaymentDate = day, TransactionNumber = number };
        return Payments.Put(journal, paid);
    }
}
