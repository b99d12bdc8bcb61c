using NeonPanel.Mcp.Ledger.Records;

namespace NeonPanel.Mcp.Ledger;

/// <summary>Makes the payment requests of an order or a bill from its payment term.</summary>
public static class PaymentPlan
{
    /// <summary>Brings the payment requests of a document in line with its term, amount and dates.</summary>
    /// <remarks>A request that the term still has keeps its id, its payment and its memo. Requests that the term does
    /// not have are deleted.</remarks>
    public static Journal Apply(Journal journal, PayableDocument document)
    {
        var before = journal.PaymentRequests.Values.Where(request => request.Document == document.Key).ToList();
        var term = document.PaymentTermId is { } id ? journal.PaymentTerms.GetValueOrDefault(id) : null;
        if (term is null && before.Count == 0)
        {
            return journal;
        }

        var requests = journal.PaymentRequests.RemoveRange(before.Select(request => request.Id));
        var next = Journal.NextId(journal.PaymentRequests);
        foreach (var planned in Plan(document, term))
        {
            var kept = before.Find(request => request.Installment == planned.Installment);
            if (kept is not null)
            {
                before.Remove(kept);
            }

            var request = kept is null ? planned with { Id = next++ } : Renewed(kept, planned);
            requests = requests.SetItem(request.Id, request);
        }

        return journal with
        {
            PaymentRequests = requests,
        };
    }

    /// <summary>The requests of a document that has none yet; their ids are 0.</summary>
    public static IEnumerable<PaymentRequest> Plan(PayableDocument document, PaymentTerm? term)
    {
        if (term is null)
        {
            yield break;
        }

        var amounts = Money.Divide(
            document.Amount,
            [.. term.Schema.Select(installment => (decimal)installment.Percentage)]
        );
        for (var at = 0; at < term.Schema.Count; at++)
        {
            var installment = term.Schema[at];
            yield return new(
                Id: 0,
                document.CompanyId,
                document.Key,
                installment,
                amounts[at],
                document.DayOf(installment.Anchor)?.AddDays(installment.DaysOffset),
                document.Currency,
                $"{installment.Percentage}% {When(installment)}",
                at == term.Schema.Count - 1 ? "balance" : "advance"
            );
        }
    }

    private static PaymentRequest Renewed(PaymentRequest kept, PaymentRequest planned) =>
        planned with
        {
            Id = kept.Id,
            PaidAmount = kept.PaidAmount,
            PaymentDate = kept.PaymentDate,
            TransactionNumber = kept.TransactionNumber,
            Memo = kept.Memo,
        };

    private static string When(Installment installment)
    {
        if (installment.DaysOffset > 0)
        {
            return $"after {installment.DaysOffset} days";
        }

        return installment.Anchor switch
        {
            DateAnchor.OrderPlaced => "at order",
            DateAnchor.ManufacturingCompleted => "at completion",
            _ => "at the bill's date",
        };
    }
}
