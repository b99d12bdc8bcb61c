using NeonPanel.Mcp.Ledger.Records;

namespace NeonPanel.Mcp.Ledger;

/// <summary>A bill of a vendor. Its lines become part of the landed cost of the documents it is tied to.</summary>
/// <param name="Documents">What the bill was raised for.</param>
public sealed record Bill(
    int Id,
    int CompanyId,
    string? Name,
    string? RefNumber,
    Guid? Task,
    DateTime? Completed,
    string? Market,
    string? Currency,
    int? VendorId,
    int? PaymentTermId,
    DateOnly? Date,
    IReadOnlyList<DocumentKey> Documents,
    IReadOnlyList<BillLine> Lines
) : PayableDocument(Id, CompanyId, Name, RefNumber, Task, Completed, Market, Currency, VendorId, PaymentTermId)
{
    public override DocumentKind Kind => DocumentKind.Bill;

    public override DateOnly? Day => Date;

    public override string Status => Completed is null ? "To Pay" : "Paid";

    public override decimal Amount => Lines.Sum(line => line.Amount);

    public override DateOnly? DayOf(DateAnchor anchor) => Date;
}

/// <summary>A line of a bill.</summary>
/// <param name="Rate">Price of one unit.</param>
public sealed record BillLine(int ServiceId, int Quantity, decimal Rate)
{
    /// <summary>Gets the money amount, to the cent.</summary>
    public decimal Amount => Money.Round(Quantity * Rate);
}
