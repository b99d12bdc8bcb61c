using System.Text.Json.Nodes;
using NeonPanel.Mcp.Ledger.Records;
using NeonPanel.Mcp.Sandbox.Api.Answers;
using NeonPanel.Mcp.Sandbox.Api.Requests;

namespace NeonPanel.Mcp.Sandbox.Api.Operations;

/// <summary>Warehouses and what they hold.</summary>
internal static class WarehouseOperations
{
    public static ApiAnswer List(ApiCall call)
    {
        var company = call.Company;
        var search = call.Query.Text("search");
        var warehouses = call.Journal.Warehouses.Values.Where(warehouse =>
            warehouse.CompanyId == company.Id && Search.Matches(search, warehouse.Name)
        );
        return ApiAnswer.Page(call, PageSizes.Catalog, [.. warehouses], CatalogJson.Warehouse);
    }

    public static ApiAnswer Balances(ApiCall call)
    {
        var warehouse = Find(call, call.CompanyWith(Permissions.ViewInventory), call.RouteText("warehouseUuid"))
            ?? throw ApiRefusal.NotFound();
        var day = call.Query.Day("balances_date") ?? call.Today;
        call.Query.ThrowIfWrong();
        return ApiAnswer.Page(
            call,
            PageSizes.Catalog,
            call.Books.BalancesIn(warehouse, day),
            balance => new JsonObject
            {
                ["inventory"] = CatalogJson.Item(call.Journal, balance.Item),
                ["balance"] = balance.Balance,
            },
            new JsonObject { ["balances_date"] = Json.Text(day) }
        );
    }

    /// <summary>A warehouse of the company by its uuid.</summary>
    public static Warehouse? Find(ApiCall call, Company company, string? uuid) =>
        Guid.TryParse(uuid, out var known)
            ? call.Journal.Warehouses.Values.FirstOrDefault(warehouse =>
                warehouse.Uuid == known && warehouse.CompanyId == company.Id
            )
            : null;
}
