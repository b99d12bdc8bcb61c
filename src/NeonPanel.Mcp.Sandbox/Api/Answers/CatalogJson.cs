using System.Text.Json.Nodes;
using NeonPanel.Mcp.Ledger;
using NeonPanel.Mcp.Ledger.Records;

namespace NeonPanel.Mcp.Sandbox.Api.Answers;

/// <summary>Companies, warehouses, items and products as the API writes them.</summary>
internal static class CatalogJson
{
    public static JsonObject Company(Company company) =>
        new()
        {
            ["id"] = company.Id,
            ["uuid"] = company.Uuid,
            ["name"] = company.Name,
            ["short_name"] = company.ShortName,
            ["currency"] = company.Currency,
            ["timezone"] = company.TimeZone,
        };

    /// <summary>A warehouse of a list, without its numeric id.</summary>
    public static JsonObject Warehouse(Warehouse warehouse) =>
        new()
        {
            ["uuid"] = warehouse.Uuid,
            ["name"] = warehouse.Name,
            ["type"] = warehouse.Type,
            ["country_code"] = warehouse.Country,
        };

    /// <summary>A warehouse of a document, with its numeric id.</summary>
    public static JsonObject? DocumentWarehouse(Journal journal, int? id)
    {
        if (id is not { } known)
        {
            return null;
        }

        var warehouse = Warehouse(journal.Warehouses[known]);
        warehouse.Insert(0, "id", known);
        return warehouse;
    }

    public static JsonObject Item(Journal journal, Item item)
    {
        var (product, listing) = (journal.ProductOf(item), journal.ListingOf(item));
        return new()
        {
            ["id"] = item.Id,
            ["name"] = product?.Name ?? listing?.Title ?? $"Item {item.Id}",
            ["fnsku"] = item.Fnsku,
            ["asin"] = listing?.Asin,
            ["sku"] = product?.Sku,
            ["image"] = product?.Image,
            ["country_code"] = item.Country,
            ["weight"] = Json.Of(product?.Weight),
            ["length"] = Json.Of(product?.Length),
            ["height"] = Json.Of(product?.Height),
            ["depth"] = Json.Of(product?.Depth),
        };
    }

    public static JsonObject FullItem(Journal journal, Item item) =>
        new()
        {
            ["id"] = item.Id,
            ["country_code"] = item.Country,
            ["source"] = item.Source,
            ["fnsku"] = item.Fnsku,
            ["variation"] = item.Variation,
            ["manager"] = item.ManagerId is { } manager ? User(journal.Users[manager]) : null,
            ["product"] = journal.ProductOf(item) is { } product ? Product(product) : null,
            ["listing"] = journal.ListingOf(item) is { } listing ? Listing(listing) : null,
            ["restock_data"] = Restock(item.Restock),
            ["created_at"] = Json.Of(item.CreatedAt),
        };

    public static JsonObject Restock(RestockFigures figures) =>
        new()
        {
            ["daily_sales_target"] = Json.Of(figures.DailySalesTarget),
            ["unit_vendor_price"] = Json.Of(figures.UnitVendorPrice),
            ["unit_landed_cost"] = Json.Of(figures.UnitLandedCost),
            ["estimated_daily_sales"] = Json.Of(figures.EstimatedDailySales),
            ["estimated_price"] = Json.Of(figures.EstimatedPrice),
            ["lead_time_days"] = figures.LeadTimeDays,
            ["safety_stock_days"] = figures.SafetyStockDays,
            ["fba_lead_time_days"] = figures.FbaLeadTimeDays,
            ["fba_safety_stock_days"] = figures.FbaSafetyStockDays,
            ["target_fba_fee"] = Json.Of(figures.TargetFbaFee),
            ["target_price"] = Json.Of(figures.TargetPrice),
            ["target_referral_percentage"] = Json.Of(figures.TargetReferralPercentage),
            ["daily_unit_sales_target"] = Json.Of(figures.DailyUnitSalesTarget),
        };

    public static JsonObject Product(Product product) =>
        new()
        {
            ["id"] = product.Id,
            ["sku"] = product.Sku,
            ["parent_sku"] = product.ParentSku,
            ["name"] = product.Name,
            ["image"] = product.Image,
            ["weight"] = Json.Of(product.Weight),
            ["length"] = Json.Of(product.Length),
            ["height"] = Json.Of(product.Height),
            ["depth"] = Json.Of(product.Depth),
        };

    public static JsonObject Listing(Listing listing) =>
        new()
        {
            ["id"] = listing.Id,
            ["asin"] = listing.Asin,
            ["parent_asin"] = listing.ParentAsin,
            ["title"] = listing.Title,
            ["brand"] = listing.Brand,
            ["color"] = listing.Color,
            ["image"] = listing.Image,
            ["bullet_points"] = listing.BulletPoints is { } points ? Points(points) : null,
        };

    private static JsonObject Points(IReadOnlyDictionary<string, IReadOnlyList<string>> points) =>
        new(
            points.Select(pair =>
                KeyValuePair.Create(pair.Key, (JsonNode?)Json.Array(pair.Value, point => JsonValue.Create(point)))
            )
        );

    private static JsonObject User(User user) =>
        new()
        {
            ["id"] = user.Id,
            ["name"] = user.Name,
            ["email"] = user.Email,
            ["avatar_url"] = user.AvatarUrl,
            ["verified_at"] = Json.Of(user.VerifiedAt),
            ["last_login_at"] = Json.Of(user.LastLoginAt),
        };
}
