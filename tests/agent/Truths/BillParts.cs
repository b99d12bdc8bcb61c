using NeonPanel.Mcp.Ledger;
using NeonPanel.Mcp.Ledger.Records;

namespace NeonPanel.Mcp.Agent.Truths;

/// <summary>The parts of bills in the costs of the documents that they were raised for.</summary>
internal sealed class BillParts
{
    private readonly Journal journal;
    private readonly List<Bill> bills;

    public BillParts(Journal journal, Company company)
    {
        this.journal = journal;
        bills =
        [
            .. journal
                .Bills.Values.Where(bill => bill.CompanyId == company.Id && bill.Documents.Count > 0)
                .Where(bill => bill.Currency is null || bill.Currency == company.Currency)
                .OrderBy(bill => bill.Date ?? DateOnly.MaxValue),
        ];
    }

    /// <summary>The parts of each line of a document.</summary>
    /// <param name="values">Values of its lines, by which a bill is divided.</param>
    public IReadOnlyList<IReadOnlyList<CostPart>> Of(DocumentKey document, IReadOnlyList<decimal> values)
    {
        var result = values.Select(_ => new List<CostPart>()).ToList();
        foreach (var bill in bills.Where(bill => bill.Documents.Contains(document)))
        {
            var documents = bill.Documents.Distinct().ToList();
            foreach (var line in bill.Lines)
            {
                var equal = Cents.Divide(Cents.Round(line.Quantity * line.Rate), [.. documents.Select(_ => 1m)]);
                var amounts = Cents.Divide(equal[documents.IndexOf(document)], values);
                for (var at = 0; at < result.Count; at++)
                {
                    if (amounts[at] != 0)
                    {
                        result[at].Add(new(journal.Services[line.ServiceId].Name, bill.Key, amounts[at]));
                    }
                }
            }
        }

        return result;
    }
}

/// <summary>Cents, by the rules of docs/sandbox.md.</summary>
internal static class Cents
{
    public static decimal Round(decimal amount) => decimal.Round(amount, 2, MidpointRounding.AwayFromZero);

    /// <summary>Divides by weights: what the first n have together is rounded, so that no cent is lost.</summary>
    public static IReadOnlyList<decimal> Divide(decimal total, IReadOnlyList<decimal> weights)
    {
        var all = weights.Sum();
        var ends = weights.Select((_, at) => weights.Take(at + 1).Sum()).ToList();
        var upTo = ends.Select((end, at) => Round(all == 0 ? total * (at + 1) / weights.Count : total * end / all))
            .ToList();
        return [.. upTo.Select((amount, at) => at == 0 ? amount : amount - upTo[at - 1])];
    }
}
