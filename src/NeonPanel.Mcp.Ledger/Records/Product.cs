namespace NeonPanel.Mcp.Ledger.Records;

/// <summary>A product: one or more inventory items.</summary>
/// <param name="Weight">Weight in pounds.</param>
/// <param name="Length">Length in inches, as height and depth.</param>
public sealed record Product(
    int Id,
    int CompanyId,
    string? Sku,
    string? ParentSku,
    string? Name,
    string? Image,
    decimal? Weight,
    decimal? Length,
    decimal? Height,
    decimal? Depth,
    bool IsDeleted = false
) : ICompanyRecord;

/// <summary>An offer on a marketplace.</summary>
/// <param name="BulletPoints">Selling points by language, such as <c>en_US</c>; <see langword="null"/> if there are
/// none.</param>
public sealed record Listing(
    int Id,
    int CompanyId,
    string Asin,
    string? ParentAsin,
    string Title,
    string Brand,
    string Color,
    string? Image,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? BulletPoints
) : ICompanyRecord;

/// <summary>A kit: an item that is assembled from other items.</summary>
/// <param name="ItemId">The item that results.</param>
public sealed record Assembly(
    int Id,
    int CompanyId,
    int ItemId,
    string Name,
    string Description,
    IReadOnlyList<Component> Components
) : ICompanyRecord;

/// <summary>A part of a kit.</summary>
public sealed record Component(int ItemId, int Quantity);
