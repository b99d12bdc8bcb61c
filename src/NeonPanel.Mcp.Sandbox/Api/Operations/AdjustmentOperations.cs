using NeonPanel.Mcp.Ledger;
using NeonPanel.Mcp.Ledger.Generation;
using NeonPanel.Mcp.Ledger.Records;
using NeonPanel.Mcp.Sandbox.Api.Answers;
using NeonPanel.Mcp.Sandbox.Api.Requests;

namespace NeonPanel.Mcp.Sandbox.Api.Operations;

/// <summary>Adjustments of stock.</summary>
internal static class AdjustmentOperations
{
    public static ApiAnswer List(ApiCall call)
    {
        var company = call.Company;
        var journal = call.Journal;
        var search = call.Query.Text("search");
        var start = call.Query.Day("start_date");
        var end = call.Query.Day("end_date");
        var adjustments = journal
            .Adjustments.Values.Where(adjustment => adjustment.CompanyId == company.Id)
            .Where(adjustment => (start is null || adjustment.Date >= start) && (end is null || adjustment.Date <= end))
            .Where(adjustment =>
                Search.Matches(
                    search,
                    [adjustment.Name, adjustment.RefNumber, adjustment.Reason, .. Texts(journal, adjustment)]
                )
            )
            .OrderByDescending(adjustment => adjustment.Date ?? DateOnly.MaxValue)
            .ThenByDescending(adjustment => adjustment.Id);
        return ApiAnswer.FilteredPage(call, PageSizes.Documents, [.. adjustments], adjustment =>
            StockJson.Adjustment(journal, adjustment)
        );
    }

    public static ApiAnswer Read(ApiCall call) =>
        ApiAnswer.Ok(StockJson.Adjustment(call.Journal, Find(call, call.Company)));

    public static ApiAnswer Create(ApiCall call)
    {
        var company = call.Company;
        var id = Journal.NextId(call.Journal.Adjustments);
        var adjustment = new Adjustment(
            id,
            company.Id,
            null,
            null,
            TaskIds.Of(DocumentKind.Adjustment, id),
            null,
            null,
            null,
            null,
            null,
            null,
            []
        );
        return Save(call, company, adjustment, isNew: true);
    }

    public static ApiAnswer Update(ApiCall call)
    {
        var company = call.Company;
        return Save(call, company, Find(call, company), isNew: false);
    }

    private static Adjustment Find(ApiCall call, Company company) =>
        call.Record(call.Journal.Adjustments, "adjustmentId", company);

    private static ApiAnswer Save(ApiCall call, Company company, Adjustment before, bool isNew)
    {
        var errors = new FieldErrors();
        var payload = new Payload(call.Object(), call.Journal, company, errors);
        var adjustment = before with
        {
            Name = payload.Text("name", before.Name),
            RefNumber = isNew ? payload.RefNumber() : before.RefNumber,
            Date = payload.Day("date", before.Date),
            Market = payload.Market("market", before.Market),
            Currency = payload.Currency("currency", before.Currency),
            // "For now; more may follow": any text is accepted.
            Reason = payload.Text("reason", before.Reason),
            WarehouseId = payload.Id("warehouse_id", before.WarehouseId, call.Journal.Warehouses),
            Lines = payload.Lines("details", before.Lines, Line),
        };
        errors.ThrowIfAny();
        EntryLock.Check(company, adjustment.Date, before.Date);
        var change = call.Journal.Put(adjustment);
        return ApiAnswer.Ok(StockJson.Adjustment(change, adjustment), change);
    }

    private static AdjustmentLine? Line(Payload payload)
    {
        var item = payload.Id("inventory_id", null, payload.Journal.Items, isRequired: true);
        var service = payload.Id("service_id", null, payload.Journal.Services, isRequired: true);
        // Above zero takes stock out, below zero puts it in.
        var quantity = payload.Number("quantity", null, isRequired: true);
        var rate = payload.Amount("rate", null, isRequired: true);
        return item is not null && service is not null && quantity is { } units && rate is { } money
            ? new(item, service, units, money)
            : null;
    }

    private static IEnumerable<string?> Texts(Journal journal, Adjustment adjustment) =>
        adjustment
            .Lines.Select(line => line.ItemId is { } item ? journal.ProductOf(journal.Items[item]) : null)
            .SelectMany(product => new[] { product?.Sku, product?.Name });
}
