using NeonPanel.Mcp.Ledger;
using NeonPanel.Mcp.Ledger.Generation;
using NeonPanel.Mcp.Ledger.Records;
using NeonPanel.Mcp.Sandbox.Api.Answers;
using NeonPanel.Mcp.Sandbox.Api.Requests;

namespace NeonPanel.Mcp.Sandbox.Api.Operations;

/// <summary>Inventory orders.</summary>
internal static class OrderOperations
{
    public static ApiAnswer List(ApiCall call)
    {
        var company = call.Company;
        var journal = call.Journal;
        var search = call.Query.Text("search");
        var warehouses = call.Query.Numbers("warehouses");
        var vendors = call.Query.Numbers("vendors");
        var start = call.Query.Day("start_date");
        var end = call.Query.Day("end_date");
        var orders = journal
            .InventoryOrders.Values.Where(order => order.CompanyId == company.Id)
            .Where(order => warehouses.Count == 0 || warehouses.Contains(order.WarehouseId ?? 0))
            .Where(order => vendors.Count == 0 || vendors.Contains(order.VendorId ?? 0))
            .Where(order => (start is null || order.Received >= start) && (end is null || order.Received <= end))
            .Where(order =>
                Search.Matches(
                    search,
                    [order.Name, order.RefNumber, VendorName(journal, order.VendorId), .. Texts(journal, order)]
                )
            )
            .OrderByDescending(order => order.Placed ?? DateOnly.MaxValue)
            .ThenByDescending(order => order.Id);
        return ApiAnswer.FilteredPage(call, PageSizes.Documents, [.. orders], order =>
            DocumentJson.Order(journal, order)
        );
    }

    public static ApiAnswer Read(ApiCall call) =>
        ApiAnswer.Ok(DocumentJson.Order(call.Journal, Find(call, call.Company)));

    public static ApiAnswer Create(ApiCall call)
    {
        var company = call.Company;
        var id = Journal.NextId(call.Journal.InventoryOrders);
        var task = TaskIds.Of(DocumentKind.InventoryOrder, id);
        return Save(
            call,
            company,
            new(id, company.Id, null, null, task, null, null, null, null, null, null, null, null, []),
            isNew: true
        );
    }

    public static ApiAnswer Update(ApiCall call)
    {
        var company = call.Company;
        return Save(call, company, Find(call, company), isNew: false);
    }

    /// <summary>The name of a vendor, to search in.</summary>
    public static string? VendorName(Journal journal, int? id) => id is { } known ? journal.Vendors[known].Name : null;

    private static InventoryOrder Find(ApiCall call, Company company) =>
        call.Record(call.Journal.InventoryOrders, "orderId", company);

    private static ApiAnswer Save(ApiCall call, Company company, InventoryOrder before, bool isNew)
    {
        var errors = new FieldErrors();
        var payload = new Payload(call.Object(), call.Journal, company, errors);
        var vendor = payload.Id("vendor_id", before.VendorId, call.Journal.Vendors);
        var received = payload.Day("date_manufacturing_completed", before.Received);
        var order = before with
        {
            Name = payload.Text("name", before.Name),
            RefNumber = isNew ? payload.RefNumber() : before.RefNumber,
            Placed = payload.Day("date_order_placed", before.Placed),
            Received = received,
            Completed =
                received == before.Received ? before.Completed : received?.ToDateTime(new(12, 0), DateTimeKind.Utc),
            Market = payload.Market("market", before.Market),
            Currency = payload.Currency("currency", before.Currency),
            VendorId = vendor,
            WarehouseId = payload.Id("warehouse_id", before.WarehouseId, call.Journal.Warehouses),
            PaymentTermId = PayableRules.Term(
                payload,
                before.PaymentTermId,
                vendor,
                DocumentKind.InventoryOrder,
                isNew
            ),
            Lines = payload.Lines("details", before.Lines, Line),
        };
        errors.ThrowIfAny();
        EntryLock.Check(company, order.Received, before.Received);
        var change = call.Journal.Put(order);
        return ApiAnswer.Ok(DocumentJson.Order(change, order), change);
    }

    private static OrderLine? Line(Payload payload)
    {
        var item = payload.Number("inventory_id", null, isRequired: true);
        var quantity = payload.Number("quantity", null, isRequired: true, least: 1);
        var price = payload.Amount("price", null, isRequired: true);
        if (item is not { } id || quantity is not { } units || price is not { } money)
        {
            return null;
        }

        // An item of another company is left out without an error, as the API says.
        var isThere =
            payload.Journal.Items.TryGetValue(id, out var known)
            && known.CompanyId == payload.Company.Id
            && !known.IsDeleted;
        return isThere ? new(id, units, money) : null;
    }

    private static IEnumerable<string?> Texts(Journal journal, InventoryOrder order) =>
        order
            .Lines.Select(line => journal.ProductOf(journal.Items[line.ItemId]))
            .SelectMany(product => new[] { product?.Sku, product?.Name });
}
