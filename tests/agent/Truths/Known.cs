using NeonPanel.Mcp.Ledger;
using NeonPanel.Mcp.Ledger.Records;

namespace NeonPanel.Mcp.Agent.Truths;

/// <summary>Records of the journal by what people call them.</summary>
internal static class Known
{
    public const string Outfitters = "HPO";
    public const string Canada = "HPC";
    public const string Tidewater = "TDW";
    public const string Nordlicht = "NLK";

    public static Company Company(Journal journal, string shortName) =>
        journal.Companies.Values.Single(company => company.ShortName == shortName);

    /// <summary>The one item of a company with a SKU.</summary>
    public static Item Item(Journal journal, string company, string sku) =>
        journal.Items.Values.Single(item =>
            item.CompanyId == Company(journal, company).Id && journal.SkuOf(item) == sku
        );

    /// <summary>The item of a company with a SKU in a country.</summary>
    public static Item Item(Journal journal, string company, string sku, string country) =>
        journal.Items.Values.Single(item =>
            item.CompanyId == Company(journal, company).Id && journal.SkuOf(item) == sku && item.Country == country
        );

    public static Warehouse Warehouse(Journal journal, string company, string name) =>
        journal.Warehouses.Values.Single(warehouse =>
            warehouse.CompanyId == Company(journal, company).Id && warehouse.Name == name
        );

    public static Vendor Vendor(Journal journal, string company, string code) =>
        journal.Vendors.Values.Single(vendor =>
            vendor.CompanyId == Company(journal, company).Id && vendor.Code == code
        );

    public static Service Service(Journal journal, string company, string name) =>
        journal.Services.Values.Single(service =>
            service.CompanyId == Company(journal, company).Id && service.Name == name
        );

    /// <summary>Numbers of all documents of a company.</summary>
    public static IReadOnlySet<string> Numbers(Journal journal, string company)
    {
        var id = Company(journal, company).Id;
        return journal
            .Documents.Where(document => document.CompanyId == id)
            .Select(document => document.RefNumber)
            .OfType<string>()
            .ToHashSet();
    }
}
