namespace NeonPanel.Mcp.Ledger;

/// <summary>A document of the journal.</summary>
/// <param name="Id">Numeric id, unique among documents of the kind in all companies.</param>
/// <param name="Task">Id of the task page in the app; <see langword="null"/> without one.</param>
/// <param name="Completed">When the document was marked done, in UTC.</param>
public abstract record Document(int Id, int CompanyId, string? Name, string? RefNumber, Guid? Task, DateTime? Completed)
    : Records.ICompanyRecord
{
    /// <summary>Gets the kind.</summary>
    public abstract DocumentKind Kind { get; }

    /// <summary>Gets the day on which the document counts for stock and costs; <see langword="null"/> while it does not
    /// count.</summary>
    public abstract DateOnly? Day { get; }

    /// <summary>Gets the column of the app's board where the document is.</summary>
    public abstract string Status { get; }

    /// <summary>Gets the reference that other documents hold.</summary>
    public DocumentKey Key => new(Kind, Id);
}

/// <summary>A document that is paid in installments.</summary>
/// <param name="PaymentTermId">Term that the payment requests follow.</param>
public abstract record PayableDocument(
    int Id,
    int CompanyId,
    string? Name,
    string? RefNumber,
    Guid? Task,
    DateTime? Completed,
    string? Market,
    string? Currency,
    int? VendorId,
    int? PaymentTermId
) : Document(Id, CompanyId, Name, RefNumber, Task, Completed)
{
    /// <summary>Gets the sum of the lines.</summary>
    public abstract decimal Amount { get; }

    /// <summary>Returns the day that an anchor of a term means on this document.</summary>
    public abstract DateOnly? DayOf(Records.DateAnchor anchor);
}

/// <summary>Kinds of documents, named as the API names them.</summary>
public enum DocumentKind
{
    InventoryOrder,
    Bill,
    Shipment,
    AssemblyOrder,
    Adjustment,
    Invoice,
}

/// <summary>Names one document.</summary>
public readonly record struct DocumentKey(DocumentKind Kind, int Id);
