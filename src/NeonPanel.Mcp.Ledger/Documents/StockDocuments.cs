namespace NeonPanel.Mcp.Ledger;

/// <summary>An order to assemble kits. Parts leave the warehouse and kits enter it on
/// <paramref name="Assembled"/>.</summary>
public sealed record AssemblyOrder(
    int Id,
    int CompanyId,
    string? Name,
    string? RefNumber,
    Guid? Task,
    DateTime? Completed,
    DateOnly? Assembled,
    string? Market,
    int? WarehouseId,
    IReadOnlyList<AssemblyLine> Lines
) : Document(Id, CompanyId, Name, RefNumber, Task, Completed)
{
    public override DocumentKind Kind => DocumentKind.AssemblyOrder;

    public override DateOnly? Day => Assembled;

    public override string Status => Assembled is null ? "Planned" : "Built";
}

/// <summary>A line of an assembly order.</summary>
public sealed record AssemblyLine(int AssemblyId, int Quantity);

/// <summary>A correction of stock.</summary>
/// <param name="Reason"><c>Damaged</c>, <c>Misplaced</c> or <c>Administrative Errors</c>.</param>
public sealed record Adjustment(
    int Id,
    int CompanyId,
    string? Name,
    string? RefNumber,
    Guid? Task,
    DateTime? Completed,
    DateOnly? Date,
    string? Market,
    string? Currency,
    string? Reason,
    int? WarehouseId,
    IReadOnlyList<AdjustmentLine> Lines
) : Document(Id, CompanyId, Name, RefNumber, Task, Completed)
{
    public override DocumentKind Kind => DocumentKind.Adjustment;

    public override DateOnly? Day => Date;

    public override string Status => "Done";

    /// <summary>Gets the sum of the lines.</summary>
    public decimal Amount => Lines.Sum(line => line.Amount);
}

/// <summary>A line of an adjustment.</summary>
/// <param name="Quantity">Above zero takes stock out, below zero puts it in.</param>
/// <param name="Rate">Cost of one unit, as entered. Stock that leaves is costed by FIFO; stock that enters, at this
/// rate.</param>
public sealed record AdjustmentLine(int? ItemId, int? ServiceId, int Quantity, decimal Rate)
{
    /// <summary>Gets the money amount, to the cent.</summary>
    public decimal Amount => Money.Round(Quantity * Rate);
}

/// <summary>An invoice to a customer. Its goods leave the warehouse on <paramref name="Date"/>.</summary>
/// <param name="Source"><c>manual</c>, <c>amazon</c>, <c>shopify</c> or <c>tiktok</c>; only manual invoices can
/// change.</param>
public sealed record Invoice(
    int Id,
    int CompanyId,
    string? Name,
    string? RefNumber,
    Guid? Task,
    DateTime? Completed,
    string Source,
    DateOnly? Date,
    string? Market,
    string? Currency,
    int? WarehouseId,
    int? CustomerId,
    int? SalesChannelId,
    IReadOnlyList<InvoiceLine> Lines
) : Document(Id, CompanyId, Name, RefNumber, Task, Completed)
{
    public const string Manual = "manual";

    public override DocumentKind Kind => DocumentKind.Invoice;

    public override DateOnly? Day => Date;

    public override string Status
    {
        get
        {
            if (Source != Manual)
            {
                return "Synced";
            }

            return Completed is null ? "Sent" : "Paid";
        }
    }

    /// <summary>Gets the sum of the lines.</summary>
    public decimal Amount => Lines.Sum(line => line.Amount);

    /// <summary>Gets the money taken for inventory: the sum of the lines that name an item.</summary>
    public decimal Revenue => Lines.Where(line => line.ItemId is not null).Sum(line => line.Amount);
}

/// <summary>A line of an invoice.</summary>
/// <param name="Quantity">Above zero sells, below zero takes back.</param>
/// <param name="Amount">Money amount of the whole line.</param>
public sealed record InvoiceLine(int? ItemId, int ServiceId, int Quantity, decimal Amount);
