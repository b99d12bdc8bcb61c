namespace NeonPanel.Mcp.Ledger;

/// <summary>Divides the lines of bills among the lines of the documents that they were raised for, by value.</summary>
internal sealed class BillShares
{
    private readonly Journal journal;
    private readonly ILookup<DocumentKey, Bill> bills;

    public BillShares(Journal journal, int companyId)
    {
        this.journal = journal;
        var currency = journal.Companies[companyId].Currency;
        // There are no rates of exchange: a bill in another currency is part of no cost.
        bills = journal
            .Bills.Values.Where(bill => bill.CompanyId == companyId && (bill.Currency ?? currency) == currency)
            .OrderBy(bill => bill.Date ?? DateOnly.MaxValue)
            .ThenBy(bill => bill.Id)
            .SelectMany(bill => bill.Documents.Distinct().Select(document => (document, bill)))
            .ToLookup(pair => pair.document, pair => pair.bill);
    }

    /// <summary>The shares of each line of a document.</summary>
    /// <param name="values">Values of the document's lines.</param>
    /// <returns>One list of shares a line.</returns>
    public IReadOnlyList<IReadOnlyList<CostShare>> Of(DocumentKey document, IReadOnlyList<decimal> values)
    {
        var result = values.Select(_ => new List<CostShare>()).ToList();
        foreach (var bill in bills[document])
        {
            foreach (var line in bill.Lines)
            {
                AddLine(document, values, bill, line, result);
            }
        }

        return result;
    }

    private void AddLine(
        DocumentKey document,
        IReadOnlyList<decimal> values,
        Bill bill,
        BillLine line,
        List<List<CostShare>> result
    )
    {
        // A bill for several documents is divided among them in equal parts.
        var documents = bill.Documents.Distinct().ToList();
        var amount = Money.Divide(line.Amount, [.. documents.Select(_ => 1m)])[documents.IndexOf(document)];
        var shares = Money.Divide(amount, values);
        var type = journal.Services.GetValueOrDefault(line.ServiceId)?.Name ?? "Service";
        for (var at = 0; at < shares.Count; at++)
        {
            if (shares[at] != 0)
            {
                result[at].Add(new(type, bill.Key, shares[at]));
            }
        }
    }
}
