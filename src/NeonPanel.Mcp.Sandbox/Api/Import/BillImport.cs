using System.Text.Json.Nodes;
using NeonPanel.Mcp.Ledger;
using NeonPanel.Mcp.Ledger.Records;
using NeonPanel.Mcp.Sandbox.Api.Operations;
using NeonPanel.Mcp.Sandbox.Api.Requests;

namespace NeonPanel.Mcp.Sandbox.Api.Import;

/// <summary>Makes a bill from data that names its vendor and services.</summary>
internal static class BillImport
{
    /// <exception cref="ApiRefusal">The data cannot be used (400).</exception>
    public static Journal Add(Journal journal, Company company, JsonObject data)
    {
        var errors = new FieldErrors();
        var payload = new Payload(data, journal, company, errors);
        var number = payload.RefNumber();
        var day = payload.Day("date", null);
        var currency = payload.Currency("currency", company.Currency);
        var name = payload.Text("vendor", null);
        var vendor = Vendor(journal, company, name);
        if (vendor is null)
        {
            payload.Add(
                "vendor",
                name is null ? "The vendor is required." : $"There is no vendor '{name}'; the import makes none."
            );
        }

        var lines = payload.Lines("details", [], Line);
        ThrowIfWrong(errors);
        if (lines.Count == 0)
        {
            throw ApiRefusal.BadRequest("The data has no lines.");
        }

        EntryLock.Check(company, day);
        var bill = BillOperations.New(journal, company) with
        {
            Name = payload.Text("name", null) ?? $"{vendor!.Name} {number}",
            RefNumber = number,
            Date = day,
            Market = payload.Market("market", company.Country),
            Currency = currency,
            VendorId = vendor!.Id,
            PaymentTermId = Term(journal, company, vendor),
        };
        var details = new List<BillLine>();
        foreach (var line in lines)
        {
            // Services are found by name, or made.
            var service = Service(journal, company, line.Service);
            journal = journal with { Services = journal.Services.SetItem(service.Id, service) };
            details.Add(new(service.Id, line.Quantity, line.Rate));
        }

        ThrowIfWrong(errors);
        return journal.Put(bill with { Lines = details });
    }

    private static void ThrowIfWrong(FieldErrors errors)
    {
        try
        {
            errors.ThrowIfAny();
        }
        catch (ApiRefusal refusal)
        {
            // This operation answers 400 with a message alone.
            var fields = refusal.Body["errors"]!
                .AsObject()
                .SelectMany(pair => pair.Value!.AsArray().Select(text => text!.ToString()));
            throw ApiRefusal.BadRequest(string.Join(' ', fields));
        }
    }

    private static Vendor? Vendor(Journal journal, Company company, string? name) =>
        name is null
            ? null
            : journal.Vendors.Values.FirstOrDefault(vendor =>
                vendor.CompanyId == company.Id && (Search.Is(name, vendor.Name) || Search.Is(name, vendor.Code))
            );

    private static int? Term(Journal journal, Company company, Vendor vendor) =>
        vendor.PaymentTermId is { } term && journal.PaymentTerms[term].Suits(company.Id, DocumentKind.Bill)
            ? term
            : null;

    private static Service Service(Journal journal, Company company, string name) =>
        journal.Services.Values.FirstOrDefault(service =>
            service.CompanyId == company.Id && Search.Is(name, service.Name)
        ) ?? new(Journal.NextId(journal.Services), company.Id, name, null);

    private static ImportLine? Line(Payload payload)
    {
        var service = payload.Text("service", null);
        if (string.IsNullOrWhiteSpace(service))
        {
            payload.Add("service", "The service is required.");
        }

        var quantity = payload.Number("quantity", null, isRequired: true, least: 1);
        var rate = payload.Amount("rate", null, isRequired: true);
        return service is not null && quantity is { } units && rate is { } money ? new(service, units, money) : null;
    }

    /// <summary>A line that names its service.</summary>
    private sealed record ImportLine(string Service, int Quantity, decimal Rate);
}
