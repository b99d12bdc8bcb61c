using NeonPanel.Mcp.Ledger;
using NeonPanel.Mcp.Ledger.Generation;
using NeonPanel.Mcp.Ledger.Records;
using NeonPanel.Mcp.Sandbox.Api.Answers;
using NeonPanel.Mcp.Sandbox.Api.Requests;

namespace NeonPanel.Mcp.Sandbox.Api.Operations;

/// <summary>Bills.</summary>
internal static class BillOperations
{
    private static readonly string[] Kinds = ["InventoryOrder", "AssemblyOrder", "Shipment", "Invoice"];

    public static ApiAnswer List(ApiCall call)
    {
        var company = call.CompanyWith(Permissions.ViewBills);
        var journal = call.Journal;
        var search = call.Query.Text("search");
        var vendors = call.Query.Numbers("vendors");
        var start = call.Query.Day("start_date");
        var end = call.Query.Day("end_date");
        var bills = journal
            .Bills.Values.Where(bill => bill.CompanyId == company.Id)
            .Where(bill => vendors.Count == 0 || vendors.Contains(bill.VendorId ?? 0))
            .Where(bill => (start is null || bill.Date >= start) && (end is null || bill.Date <= end))
            .Where(bill => Search.Matches(search, Texts(journal, bill)))
            .OrderByDescending(bill => bill.Date ?? DateOnly.MaxValue)
            .ThenByDescending(bill => bill.Id);
        return ApiAnswer.FilteredPage(call, PageSizes.Documents, [.. bills], bill => DocumentJson.Bill(journal, bill));
    }

    public static ApiAnswer Read(ApiCall call) =>
        ApiAnswer.Ok(DocumentJson.Bill(call.Journal, Find(call, call.CompanyWith(Permissions.ViewBills))));

    public static ApiAnswer Create(ApiCall call)
    {
        var company = call.CompanyWith(Permissions.EditBills);
        return Save(call, company, New(call.Journal, company), isNew: true);
    }

    public static ApiAnswer Update(ApiCall call)
    {
        var company = call.CompanyWith(Permissions.EditBills);
        return Save(call, company, Find(call, company), isNew: false);
    }

    /// <summary>An empty bill with the next id.</summary>
    public static Bill New(Journal journal, Company company)
    {
        var id = Journal.NextId(journal.Bills);
        return new(
            id,
            company.Id,
            null,
            null,
            TaskIds.Of(DocumentKind.Bill, id),
            null,
            null,
            null,
            null,
            null,
            null,
            [],
            []
        );
    }

    private static Bill Find(ApiCall call, Company company) => call.Record(call.Journal.Bills, "billId", company);

    private static ApiAnswer Save(ApiCall call, Company company, Bill before, bool isNew)
    {
        var errors = new FieldErrors();
        var payload = new Payload(call.Object(), call.Journal, company, errors);
        var vendor = payload.Id("vendor_id", before.VendorId, call.Journal.Vendors);
        var documents = payload.Lines("documents", [], Document);
        var bill = before with
        {
            Name = payload.Text("name", before.Name),
            RefNumber = isNew ? payload.RefNumber() : before.RefNumber,
            Date = payload.Day("date", before.Date),
            Market = payload.Market("market", before.Market),
            Currency = payload.Currency("currency", before.Currency),
            VendorId = vendor,
            PaymentTermId = PayableRules.Term(payload, before.PaymentTermId, vendor, DocumentKind.Bill, isNew),
            // Entries of a second type are lost without a warning, as the API says.
            Documents = payload.Has("documents") ? Keys(documents) : before.Documents,
            Lines = payload.Lines("details", before.Lines, Line),
        };
        errors.ThrowIfAny();
        EntryLock.Check(company, bill.Date, before.Date);
        var change = call.Journal.Put(bill);
        return ApiAnswer.Ok(DocumentJson.Bill(change, bill), change);
    }

    private static IReadOnlyList<DocumentKey> Keys(IReadOnlyList<Tie> documents) =>
        [.. documents.Select(tie => tie.Key).Where(key => key.Kind == documents[0].Key.Kind).Distinct()];

    private static BillLine? Line(Payload payload)
    {
        var service = payload.Id("service_id", null, payload.Journal.Services, isRequired: true);
        var quantity = payload.Number("quantity", null, isRequired: true, least: 1);
        var rate = payload.Amount("rate", null, isRequired: true);
        return service is { } id && quantity is { } units && rate is { } money ? new(id, units, money) : null;
    }

    private static Tie? Document(Payload payload)
    {
        var type = payload.Choice("type", null, Kinds);
        var id = payload.Number("id", null, isRequired: true);
        if (type is null || !Enum.TryParse<DocumentKind>(type, out var kind) || id is not { } number)
        {
            if (type is null)
            {
                payload.Add("type", "The type is required.");
            }

            return null;
        }

        var key = new DocumentKey(kind, number);
        if (payload.Journal.Find(key)?.CompanyId != payload.Company.Id)
        {
            payload.Add("id", $"There is no {type} {number} in this company.");
        }

        return new(key);
    }

    private static IEnumerable<string?> Texts(Journal journal, Bill bill) =>
        [
            bill.Name,
            bill.RefNumber,
            OrderOperations.VendorName(journal, bill.VendorId),
            .. bill.Lines.Select(line => journal.Services[line.ServiceId].Name),
        ];

    /// <summary>A document that a bill is tied to.</summary>
    private sealed record Tie(DocumentKey Key);
}
