using NeonPanel.Mcp.Ledger;
using NeonPanel.Mcp.Ledger.Generation;
using NeonPanel.Mcp.Ledger.Records;
using NeonPanel.Mcp.Sandbox.Api.Answers;
using NeonPanel.Mcp.Sandbox.Api.Requests;

namespace NeonPanel.Mcp.Sandbox.Api.Operations;

/// <summary>Assembly orders.</summary>
internal static class AssemblyOperations
{
    public static ApiAnswer List(ApiCall call)
    {
        var company = call.Company;
        var journal = call.Journal;
        var search = call.Query.Text("search");
        var warehouses = call.Query.Numbers("warehouses");
        var start = call.Query.Day("start_date");
        var end = call.Query.Day("end_date");
        var orders = journal
            .AssemblyOrders.Values.Where(order => order.CompanyId == company.Id)
            .Where(order => warehouses.Count == 0 || warehouses.Contains(order.WarehouseId ?? 0))
            .Where(order => (start is null || order.Assembled >= start) && (end is null || order.Assembled <= end))
            .Where(order => Search.Matches(search, [order.Name, order.RefNumber, .. Texts(journal, order)]))
            .OrderByDescending(order => order.Assembled ?? DateOnly.MaxValue)
            .ThenByDescending(order => order.Id);
        return ApiAnswer.FilteredPage(call, PageSizes.Documents, [.. orders], order =>
            StockJson.AssemblyOrder(journal, order)
        );
    }

    public static ApiAnswer Read(ApiCall call) =>
        ApiAnswer.Ok(StockJson.AssemblyOrder(call.Journal, Find(call, call.Company)));

    public static ApiAnswer Create(ApiCall call)
    {
        var company = call.Company;
        var id = Journal.NextId(call.Journal.AssemblyOrders);
        var order = new AssemblyOrder(
            id,
            company.Id,
            null,
            null,
            TaskIds.Of(DocumentKind.AssemblyOrder, id),
            null,
            null,
            null,
            null,
            []
        );
        return Save(call, company, order, isNew: true);
    }

    public static ApiAnswer Update(ApiCall call)
    {
        var company = call.Company;
        return Save(call, company, Find(call, company), isNew: false);
    }

    private static AssemblyOrder Find(ApiCall call, Company company) =>
        call.Record(call.Journal.AssemblyOrders, "orderId", company);

    private static ApiAnswer Save(ApiCall call, Company company, AssemblyOrder before, bool isNew)
    {
        var errors = new FieldErrors();
        var payload = new Payload(call.Object(), call.Journal, company, errors);
        var assembled = payload.Day("date_order_assembled", before.Assembled);
        var order = before with
        {
            Name = payload.Text("name", before.Name),
            RefNumber = isNew ? payload.RefNumber() : before.RefNumber,
            Assembled = assembled,
            Completed =
                assembled == before.Assembled ? before.Completed : assembled?.ToDateTime(new(12, 0), DateTimeKind.Utc),
            Market = payload.Market("market", before.Market),
            WarehouseId = payload.Id("warehouse_id", before.WarehouseId, call.Journal.Warehouses),
            Lines = payload.Lines("items", before.Lines, Line),
        };
        errors.ThrowIfAny();
        EntryLock.Check(company, order.Assembled, before.Assembled);
        var change = call.Journal.Put(order);
        return ApiAnswer.Ok(StockJson.AssemblyOrder(change, order), change);
    }

    private static AssemblyLine? Line(Payload payload)
    {
        var assembly = payload.Id("assembly_id", null, payload.Journal.Assemblies, isRequired: true);
        var quantity = payload.Number("quantity", null, isRequired: true, least: 1);
        return assembly is { } id && quantity is { } units ? new(id, units) : null;
    }

    private static IEnumerable<string?> Texts(Journal journal, AssemblyOrder order) =>
        order
            .Lines.Select(line => journal.Assemblies[line.AssemblyId])
            .SelectMany(assembly => new[] { assembly.Name, journal.SkuOf(journal.Items[assembly.ItemId]) });
}
