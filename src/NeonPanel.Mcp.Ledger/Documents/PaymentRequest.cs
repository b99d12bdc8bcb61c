using NeonPanel.Mcp.Ledger.Records;

namespace NeonPanel.Mcp.Ledger;

/// <summary>One payment of an order or a bill.</summary>
/// <param name="Installment">The part of the payment term that the request comes from.</param>
/// <param name="AmountDue">The sum to pay, computed from the term.</param>
/// <param name="DueDate">The day to pay by; <see langword="null"/> while the document lacks the date that the term
/// counts from.</param>
/// <param name="Classification"><c>balance</c> for the last payment of a document, <c>advance</c> for those
/// before.</param>
public sealed record PaymentRequest(
    int Id,
    int CompanyId,
    DocumentKey Document,
    Installment Installment,
    decimal AmountDue,
    DateOnly? DueDate,
    string? Currency,
    string Description,
    string Classification,
    decimal? PaidAmount = null,
    DateOnly? PaymentDate = null,
    string? TransactionNumber = null,
    string? Memo = null
) : ICompanyRecord
{
    /// <summary>Gets what remains to be paid; below zero if too much was paid.</summary>
    public decimal Open => AmountDue - (PaidAmount ?? 0);
}
