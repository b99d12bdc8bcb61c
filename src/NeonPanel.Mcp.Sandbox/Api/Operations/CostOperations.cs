using System.Text.Json.Nodes;
using NeonPanel.Mcp.Ledger;
using NeonPanel.Mcp.Ledger.Records;
using NeonPanel.Mcp.Sandbox.Api.Answers;
using NeonPanel.Mcp.Sandbox.Api.Requests;

namespace NeonPanel.Mcp.Sandbox.Api.Operations;

/// <summary>Landed costs and COGS of an item.</summary>
internal static class CostOperations
{
    public static ApiAnswer LandedCosts(ApiCall call)
    {
        var company = call.CompanyWith(Permissions.ViewInventory);
        var item = ItemOperations.Find(call, company);
        var query = call.Query;
        var uuid = query.Text("warehouse_uuid");
        var start = query.RequiredDay("start_date");
        var end = query.Day("end_date") ?? call.Today;
        query.ThrowIfWrong();
        var warehouse = WarehouseOperations.Find(call, company, uuid) ?? throw Missing(uuid);
        var batches = call.Books.LandedCosts(item, warehouse, start, end);
        return ApiAnswer.Page(
            call,
            PageSizes.Catalog,
            batches,
            entry => Batch(call.Journal, company, entry),
            new JsonObject
            {
                ["filters"] = Filters(item, start, end, warehouse),
                ["company"] = CatalogJson.Company(company),
                ["inventory"] = CatalogJson.Item(call.Journal, item),
                ["warehouse"] = CatalogJson.Warehouse(warehouse),
                ["currency"] = company.Currency,
                ["amount"] = Json.Of(batches.Sum(entry => entry.Units.Amount)),
                ["quantity"] = batches.Sum(entry => entry.Units.Units),
            }
        );
    }

    public static ApiAnswer Cogs(ApiCall call)
    {
        var company = call.CompanyWith(Permissions.ViewInventory);
        var item = ItemOperations.Find(call, company);
        var start = call.Query.RequiredDay("start_date");
        var end = call.Query.Day("end_date") ?? call.Today;
        call.Query.ThrowIfWrong();
        var consumptions = call.Books.ConsumptionsOf(item, start, end);
        var sales = consumptions.Where(consumption => consumption.Kind == ConsumptionKind.Sale).ToList();
        var lost = consumptions
            .Where(consumption => consumption.Kind is ConsumptionKind.Lost or ConsumptionKind.WriteOff)
            .Sum(consumption => consumption.Amount);
        var amount = sales.Sum(sale => sale.Amount);
        var documents = sales.GroupBy(sale => sale.Document).ToList();
        return ApiAnswer.Page(
            call,
            PageSizes.Catalog,
            documents,
            document => Sale(call.Journal, company, document.Key, [.. document]),
            new JsonObject
            {
                ["filters"] = Filters(item, start, end),
                ["company"] = CatalogJson.Company(company),
                ["inventory"] = CatalogJson.Item(call.Journal, item),
                ["currency"] = company.Currency,
                ["amount"] = Json.Of(amount),
                ["lost_amount"] = Json.Of(lost),
                ["total_amount"] = Json.Of(amount + lost),
                ["quantity"] = sales.Sum(sale => sale.Units),
            },
            member: "details"
        );
    }

    private static JsonObject Batch(Journal journal, Company company, Entry entry) =>
        new()
        {
            ["batch"] = Reference(journal, entry.Units.Batch),
            ["currency"] = company.Currency,
            ["amount"] = Json.Of(entry.Units.Amount),
            ["quantity"] = entry.Units.Units,
            ["details"] = Json.Array(entry.Units.Costs, cost => new JsonObject
            {
                ["type"] = cost.Type,
                ["document"] = Reference(journal, cost.Source),
                ["currency"] = company.Currency,
                ["amount"] = Json.Of(cost.Amount),
                ["quantity"] = entry.Units.Units,
            }),
        };

    private static JsonObject Sale(Journal journal, Company company, DocumentKey document, List<Consumption> lines) =>
        new()
        {
            ["document"] = Reference(journal, document),
            ["currency"] = company.Currency,
            ["amount"] = Json.Of(lines.Sum(line => line.Amount)),
            ["quantity"] = lines.Sum(line => line.Units),
            ["details"] = Json.Array(
                lines
                    .SelectMany(line => line.Batches)
                    .SelectMany(batch => batch.Costs.Select(cost => (Batch: batch, Cost: cost))),
                part => new JsonObject
                {
                    ["type"] = part.Cost.Type,
                    ["batch"] = Reference(journal, part.Batch.Batch),
                    ["document"] = Reference(journal, part.Cost.Source),
                    ["currency"] = company.Currency,
                    ["amount"] = Json.Of(part.Cost.Amount),
                    ["quantity"] = part.Batch.Units,
                }
            ),
        };

    private static JsonObject Filters(Item item, DateOnly start, DateOnly end, Warehouse? warehouse = null)
    {
        var filters = new JsonObject { ["country_code"] = item.Country };
        if (warehouse is not null)
        {
            filters["warehouse_uuid"] = warehouse.Uuid;
        }

        filters["start_date"] = Json.Text(start);
        filters["end_date"] = Json.Text(end);
        return filters;
    }

    private static JsonObject? Reference(Journal journal, DocumentKey key) =>
        journal.Find(key) is { } document ? DocumentLinks.Reference(document) : null;

    private static ApiRefusal Missing(string? uuid)
    {
        var message = uuid is null
            ? "The warehouse_uuid is required."
            : $"The warehouse_uuid '{uuid}' does not exist in this company.";
        return new(
            StatusCodes.Status422UnprocessableEntity,
            "Some fields need attention.",
            new() { ["warehouse_uuid"] = new JsonArray(message) }
        );
    }
}
