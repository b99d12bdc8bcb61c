namespace NeonPanel.Mcp.Ledger.Records;

/// <summary>An inventory item: a product as it is sold in one country.</summary>
/// <param name="IsDeleted">Deleted items stay in the journal, because documents name them, but the API no longer
/// returns them.</param>
public sealed record Item(
    int Id,
    int CompanyId,
    int? ProductId,
    int? ListingId,
    string? Country,
    string? Source,
    string? Fnsku,
    string? Variation,
    int? ManagerId,
    RestockFigures Restock,
    DateTime CreatedAt,
    bool IsDeleted = false
) : ICompanyRecord;

/// <summary>Planning figures of an item. They are entered by people, not computed from the journal.</summary>
public sealed record RestockFigures(
    decimal? DailySalesTarget,
    decimal? UnitVendorPrice,
    decimal? UnitLandedCost,
    decimal? EstimatedDailySales,
    decimal? EstimatedPrice,
    int? LeadTimeDays,
    int? SafetyStockDays,
    int? FbaLeadTimeDays,
    int? FbaSafetyStockDays,
    decimal? TargetFbaFee,
    decimal? TargetPrice,
    decimal? TargetReferralPercentage,
    decimal? DailyUnitSalesTarget
)
{
    /// <summary>An item without planning figures.</summary>
    public static readonly RestockFigures None = new(
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null
    );
}
