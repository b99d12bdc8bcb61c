using NeonPanel.Mcp.Ledger;
using NeonPanel.Mcp.Ledger.Generation;
using NeonPanel.Mcp.Ledger.Records;
using NeonPanel.Mcp.Sandbox.Api.Answers;
using NeonPanel.Mcp.Sandbox.Api.Requests;

namespace NeonPanel.Mcp.Sandbox.Api.Operations;

/// <summary>Invoices.</summary>
internal static class InvoiceOperations
{
    public static ApiAnswer List(ApiCall call)
    {
        var company = call.Company;
        var journal = call.Journal;
        var search = call.Query.Text("search");
        var start = call.Query.Day("start_date");
        var end = call.Query.Day("end_date");
        var invoices = journal
            .Invoices.Values.Where(invoice => invoice.CompanyId == company.Id)
            .Where(invoice => (start is null || invoice.Date >= start) && (end is null || invoice.Date <= end))
            .Where(invoice => search is null || Search.Matches(search, Texts(journal, invoice)))
            .OrderByDescending(invoice => invoice.Date ?? DateOnly.MaxValue)
            .ThenByDescending(invoice => invoice.Id);
        return ApiAnswer.FilteredPage(call, PageSizes.Documents, [.. invoices], invoice =>
            StockJson.Invoice(journal, invoice)
        );
    }

    public static ApiAnswer Read(ApiCall call) =>
        ApiAnswer.Ok(StockJson.Invoice(call.Journal, Find(call, call.Company)));

    public static ApiAnswer Create(ApiCall call)
    {
        var company = call.Company;
        var id = Journal.NextId(call.Journal.Invoices);
        var task = TaskIds.Of(DocumentKind.Invoice, id);
        return Save(
            call,
            company,
            new(id, company.Id, null, null, task, null, Invoice.Manual, null, null, null, null, null, null, []),
            isNew: true
        );
    }

    public static ApiAnswer Update(ApiCall call)
    {
        var company = call.Company;
        var before = Find(call, company);
        if (before.Source != Invoice.Manual)
        {
            throw ApiRefusal.BadRequest(
                $"This invoice is synced from {before.Source} and cannot change; only manual invoices can."
            );
        }

        return Save(call, company, before, isNew: false);
    }

    private static Invoice Find(ApiCall call, Company company) =>
        call.Record(call.Journal.Invoices, "invoiceId", company);

    private static ApiAnswer Save(ApiCall call, Company company, Invoice before, bool isNew)
    {
        var errors = new FieldErrors();
        var payload = new Payload(call.Object(), call.Journal, company, errors);
        var invoice = before with
        {
            Name = payload.Text("name", before.Name),
            RefNumber = isNew ? payload.RefNumber() : before.RefNumber,
            Date = payload.Day("transaction_date", before.Date),
            Market = payload.Market("market", before.Market),
            Currency = payload.Currency("currency", before.Currency),
            WarehouseId = payload.Id("warehouse_id", before.WarehouseId, call.Journal.Warehouses),
            CustomerId = payload.Id("customer_id", before.CustomerId, call.Journal.Customers),
            SalesChannelId = payload.Id("sales_channel_id", before.SalesChannelId, call.Journal.SalesChannels),
            Lines = payload.Lines("details", before.Lines, Line),
        };
        errors.ThrowIfAny();
        EntryLock.Check(company, invoice.Date, before.Date);
        var change = call.Journal.Put(invoice);
        return ApiAnswer.Ok(StockJson.Invoice(change, invoice), change);
    }

    private static InvoiceLine? Line(Payload payload)
    {
        var item = payload.Id("inventory_id", null, payload.Journal.Items);
        var service = payload.Id("service_id", null, payload.Journal.Services, isRequired: true);
        var quantity = payload.Number("quantity", null, isRequired: true);
        var amount = payload.Amount("amount", null, isRequired: true);
        return service is { } id && quantity is { } units && amount is { } money ? new(item, id, units, money) : null;
    }

    private static IEnumerable<string?> Texts(Journal journal, Invoice invoice)
    {
        yield return invoice.Name;
        yield return invoice.RefNumber;
        if (invoice.CustomerId is { } customer)
        {
            yield return journal.Customers[customer].Name;
        }

        foreach (var line in invoice.Lines)
        {
            if (line.ItemId is { } item && journal.ProductOf(journal.Items[item]) is { } product)
            {
                yield return product.Sku;
                yield return product.Name;
            }
        }
    }
}
