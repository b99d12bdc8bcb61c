using NeonPanel.Mcp.Ledger;
using NeonPanel.Mcp.Sandbox.Api.Requests;

namespace NeonPanel.Mcp.Sandbox.Api.Operations;

/// <summary>Rules that orders and bills share.</summary>
internal static class PayableRules
{
    /// <summary>The payment term of a document that is saved: the one that is sent, else the present one, else the
    /// vendor's.</summary>
    public static int? Term(Payload payload, int? before, int? vendorId, DocumentKind kind, bool isNew)
    {
        var term = payload.Id("payment_term_id", before, payload.Journal.PaymentTerms);
        if (payload.Has("payment_term_id"))
        {
            if (
                term is { } sent
                && payload.Journal.PaymentTerms.TryGetValue(sent, out var known)
                && !known.Suits(payload.Company.Id, kind)
            )
            {
                payload.Add(
                    "payment_term_id",
                    $"The payment term '{known.Name}' is for documents of type {known.Document}."
                );
            }

            // Null means the vendor's term on a new document, and none on one that exists.
            if (term is not null || !isNew)
            {
                return term;
            }
        }

        return isNew ? VendorTerm(payload, vendorId, kind) : term;
    }

    private static int? VendorTerm(Payload payload, int? vendorId, DocumentKind kind)
    {
        var usual = vendorId is { } vendor ? payload.Journal.Vendors.GetValueOrDefault(vendor)?.PaymentTermId : null;
        return usual is { } id && payload.Journal.PaymentTerms[id].Suits(payload.Company.Id, kind) ? id : null;
    }
}
