namespace NeonPanel.Mcp.Ledger.Records;

/// <summary>Who sends bills and receives orders.</summary>
/// <param name="BookkeepingId">Id in the bookkeeping system.</param>
/// <param name="PaymentTermId">Term of documents that name none.</param>
public sealed record Vendor(
    int Id,
    int CompanyId,
    string Name,
    string Code,
    int? PaymentTermId,
    string? BookkeepingId,
    string? BookkeepingType
) : ICompanyRecord;

/// <summary>Who buys. The API has no list of customers; invoices show them.</summary>
public sealed record Customer(
    int Id,
    int CompanyId,
    string Name,
    string Code,
    string? BookkeepingId,
    string? BookkeepingType
) : ICompanyRecord;

/// <summary>A service: the purpose of a line of a bill, an invoice or an adjustment.</summary>
public sealed record Service(int Id, int CompanyId, string Name, string? Group) : ICompanyRecord;

/// <summary>A sales channel, such as a marketplace. All companies share the channels.</summary>
public sealed record SalesChannel(int Id, string Name);

/// <summary>A user of NeonPanel.</summary>
public sealed record User(
    int Id,
    string Name,
    string Email,
    string AvatarUrl,
    DateTime VerifiedAt,
    DateTime LastLoginAt
);
