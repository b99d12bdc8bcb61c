using System.Globalization;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Ledger;
using NeonPanel.Mcp.Ledger.Records;
using NeonPanel.Mcp.Sandbox.Api.Answers;
using NeonPanel.Mcp.Sandbox.Api.Requests;

namespace NeonPanel.Mcp.Sandbox.Api.Operations;

/// <summary>Inventory items.</summary>
internal static class ItemOperations
{
    public static ApiAnswer List(ApiCall call)
    {
        var company = call.CompanyWith(Permissions.ViewInventory);
        var (journal, query) = (call.Journal, call.Query);
        var country = query.Text("country_code");
        var search = query.Text("search");
        var fnsku = query.Text("fnsku");
        var asin = query.Text("asin");
        var sku = query.Text("sku");
        var items = journal.Items.Values.Where(item =>
            item.CompanyId == company.Id
            && !item.IsDeleted
            && Search.Is(country, item.Country)
            && Search.Is(fnsku, item.Fnsku)
            && Search.Is(asin, journal.ListingOf(item)?.Asin)
            && Search.Is(sku, journal.SkuOf(item))
            && Search.Matches(
                search,
                journal.SkuOf(item),
                journal.ListingOf(item)?.Asin,
                item.Fnsku,
                item.Id.ToString(CultureInfo.InvariantCulture),
                journal.ProductOf(item)?.Name
            )
        );
        return ApiAnswer.FilteredPage(call, PageSizes.Catalog, [.. items], item => CatalogJson.Item(journal, item));
    }

    public static ApiAnswer Read(ApiCall call) =>
        ApiAnswer.Ok(CatalogJson.FullItem(call.Journal, Find(call, call.CompanyWith(Permissions.ViewInventory))));

    public static ApiAnswer Balances(ApiCall call)
    {
        var item = Find(call, call.CompanyWith(Permissions.ViewInventory));
        var day = call.Query.Day("balances_date") ?? call.Today;
        call.Query.ThrowIfWrong();
        var balances = Json.Array(call.Books.BalancesOf(item, day), balance => new JsonObject
        {
            ["warehouse"] = CatalogJson.Warehouse(balance.Warehouse),
            ["balance"] = balance.Balance,
        });
        return ApiAnswer.Ok(
            new JsonObject
            {
                ["inventory"] = CatalogJson.Item(call.Journal, item),
                ["restock_data"] = CatalogJson.Restock(item.Restock),
                ["balances_data"] = new JsonObject { ["balances_date"] = Json.Text(day), ["balances_list"] = balances },
            }
        );
    }

    public static ApiAnswer Create(ApiCall call)
    {
        var company = call.CompanyWith(Permissions.EditInventory);
        var created = call.Today.ToDateTime(new(12, 0), DateTimeKind.Utc);
        var item = new Item(
            Journal.NextId(call.Journal.Items),
            company.Id,
            null,
            null,
            null,
            "manual",
            null,
            null,
            null,
            RestockFigures.None,
            created
        );
        return Save(call, company, item);
    }

    public static ApiAnswer Update(ApiCall call)
    {
        var company = call.CompanyWith(Permissions.EditInventory);
        return Save(call, company, Find(call, company));
    }

    public static ApiAnswer Delete(ApiCall call)
    {
        var item = Find(call, call.CompanyWith(Permissions.EditInventory));
        return ApiAnswer.NoContent(
            call.Journal with
            {
                Items = call.Journal.Items.SetItem(item.Id, item with { IsDeleted = true }),
            }
        );
    }

    /// <summary>The item that the path names.</summary>
    public static Item Find(ApiCall call, Company company)
    {
        var item = call.Record(call.Journal.Items, "inventoryId", company);
        return item.IsDeleted ? throw ApiRefusal.NotFound() : item;
    }

    private static ApiAnswer Save(ApiCall call, Company company, Item before)
    {
        var errors = new FieldErrors();
        var payload = new Payload(call.Object(), call.Journal, company, errors);
        var item = before with
        {
            Country = payload.Market("country_code", before.Country),
            Source = payload.Text("source", before.Source),
            Fnsku = payload.Text("fnsku", before.Fnsku),
            Variation = payload.Text("variation", before.Variation),
            ManagerId = payload.Id("manager_id", before.ManagerId, call.Journal.Users),
            ListingId = payload.Id("listing_id", before.ListingId, call.Journal.Listings),
            ProductId = payload.Id("product_id", before.ProductId, call.Journal.Products),
            Restock = payload.Inner("restock_data") is { } figures ? Restock(figures, before.Restock) : before.Restock,
        };
        errors.ThrowIfAny();
        var change = call.Journal with { Items = call.Journal.Items.SetItem(item.Id, item) };
        return ApiAnswer.Ok(CatalogJson.FullItem(change, item), change);
    }

    private static RestockFigures Restock(Payload payload, RestockFigures before) =>
        new(
            payload.Amount("daily_sales_target", before.DailySalesTarget),
            payload.Amount("unit_vendor_price", before.UnitVendorPrice),
            payload.Amount("unit_landed_cost", before.UnitLandedCost),
            payload.Amount("estimated_daily_sales", before.EstimatedDailySales),
            payload.Amount("estimated_price", before.EstimatedPrice),
            payload.Number("lead_time_days", before.LeadTimeDays),
            payload.Number("safety_stock_days", before.SafetyStockDays),
            payload.Number("fba_lead_time_days", before.FbaLeadTimeDays),
            payload.Number("fba_safety_stock_days", before.FbaSafetyStockDays),
            payload.Amount("target_fba_fee", before.TargetFbaFee),
            payload.Amount("target_price", before.TargetPrice),
            payload.Amount("target_referral_percentage", before.TargetReferralPercentage),
            payload.Amount("daily_unit_sales_target", before.DailyUnitSalesTarget)
        );
}
