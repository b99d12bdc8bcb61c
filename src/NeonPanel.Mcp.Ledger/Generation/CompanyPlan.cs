using NeonPanel.Mcp.Ledger.Records;

namespace NeonPanel.Mcp.Ledger.Generation;

/// <summary>Input of the simulation of one company: its items, vendors, services and numbers of documents.</summary>
/// <param name="Prefix">Beginning of the numbers of documents.</param>
/// <param name="Freight">Vendors of freight, one after the other.</param>
/// <param name="Others">Vendors of everything that is no freight, each with the service that it bills.</param>
/// <param name="Quiet">Markets in which only the examples' sales take place, in the span of the examples.</param>
internal sealed record CompanyPlan(
    Company Company,
    string Prefix,
    IReadOnlyList<ItemPlan> Items,
    IReadOnlyList<int> Freight,
    IReadOnlyList<(int Vendor, int Service)> Others,
    CompanyServices Services,
    IReadOnlyList<int> Customers,
    IReadOnlyList<string> Quiet,
    DocumentCounts Counts,
    IReadOnlyList<Assembly> Kits
);

/// <summary>Services by their use.</summary>
/// <param name="Customs">Second line of freight bills; <see langword="null"/> for none.</param>
/// <param name="Packing">Line of bills for kits; <see langword="null"/> for none.</param>
internal sealed record CompanyServices(int Freight, int? Customs, int Sales, int WriteOff, int? Packing);

/// <summary>Numbers of documents to generate.</summary>
internal sealed record DocumentCounts(int Orders, int Bills, int Shipments, int Kits, int Adjustments, int Invoices)
{
    public DocumentCounts Times(int scale) =>
        new(Orders * scale, Bills * scale, Shipments * scale, Kits * scale, Adjustments * scale, Invoices * scale);
}
