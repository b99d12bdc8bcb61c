namespace NeonPanel.Mcp.Ledger.Records;

/// <summary>A payment term: the division of a document's total into payments.</summary>
/// <param name="CompanyId">The company that owns the term; <see langword="null"/> for a term of all companies.</param>
/// <param name="Document">Kind of document that the term is meant for; <see langword="null"/> for any.</param>
public sealed record PaymentTerm(
    int Id,
    int? CompanyId,
    DocumentKind? Document,
    string Name,
    IReadOnlyList<Installment> Schema
)
{
    /// <summary>Whether the term may be used on a document.</summary>
    public bool Suits(int companyId, DocumentKind kind) =>
        (CompanyId ?? companyId) == companyId && (Document ?? kind) == kind;
}

/// <summary>One payment of a term.</summary>
/// <param name="Anchor">The date that the due date is counted from.</param>
/// <param name="Percentage">Share of the total, 1 to 100.</param>
public sealed record Installment(DateAnchor Anchor, int DaysOffset, int Percentage);

/// <summary>The date of a document that a payment depends on.</summary>
public enum DateAnchor
{
    /// <summary>The day that an order was placed.</summary>
    OrderPlaced,

    /// <summary>The day that an order was received.</summary>
    ManufacturingCompleted,

    /// <summary>The day of a bill.</summary>
    Date,
}
