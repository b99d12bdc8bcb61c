namespace NeonPanel.Mcp.Ledger;

/// <summary>Enters payments.</summary>
public static class Payments
{
    /// <summary>Replaces a payment request. A bill is completed on the day on which its last request is paid, and open
    /// again if one is not.</summary>
    public static Journal Put(Journal journal, PaymentRequest request)
    {
        journal = journal with { PaymentRequests = journal.PaymentRequests.SetItem(request.Id, request) };
        return request.Document.Kind == DocumentKind.Bill ? Settle(journal, request.Document.Id) : journal;
    }

    /// <summary>Completes a bill of which nothing is open, and opens one of which something is.</summary>
    internal static Journal Settle(Journal journal, int billId)
    {
        if (!journal.Bills.TryGetValue(billId, out var bill))
        {
            return journal;
        }

        var completed = CompletedOn(journal, bill);
        return completed == bill.Completed
            ? journal
            : journal with
            {
                Bills = journal.Bills.SetItem(bill.Id, bill with { Completed = completed }),
            };
    }

    private static DateTime? CompletedOn(Journal journal, Bill bill)
    {
        var requests = journal.PaymentRequests.Values.Where(request => request.Document == bill.Key).ToList();
        if (requests.Exists(request => request.Open > 0))
        {
            return null;
        }

        // The examples know the hour, which a payment does not.
        return bill.Completed ?? requests.Max(request => request.PaymentDate)?.ToDateTime(new(12, 0), DateTimeKind.Utc);
    }
}
