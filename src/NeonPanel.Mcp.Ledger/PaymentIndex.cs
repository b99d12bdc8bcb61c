using System.Runtime.CompilerServices;

namespace NeonPanel.Mcp.Ledger;

/// <summary>Payment requests by document. Made once for a set of requests.</summary>
internal sealed class PaymentIndex
{
    private static readonly ConditionalWeakTable<object, PaymentIndex> Indexes = new();

    private readonly ILookup<DocumentKey, PaymentRequest> requests;

    private PaymentIndex(IEnumerable<PaymentRequest> requests) =>
        this.requests = requests.ToLookup(request => request.Document);

    public static PaymentIndex Of(Journal journal) =>
        Indexes.GetValue(journal.PaymentRequests, _ => new(journal.PaymentRequests.Values));

    public IEnumerable<PaymentRequest> Of(DocumentKey document) => requests[document];
}
