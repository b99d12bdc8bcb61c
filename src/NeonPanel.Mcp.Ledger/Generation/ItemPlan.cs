using NeonPanel.Mcp.Ledger.Records;

namespace NeonPanel.Mcp.Ledger.Generation;

/// <summary>Input of the simulation of one item.</summary>
/// <param name="Site">Where the item is stored and sold.</param>
/// <param name="VendorId">Who makes it; <see langword="null"/> for a kit.</param>
/// <param name="Weight">How often it sells, compared with the others.</param>
/// <param name="From">The first day on which the simulation may use it.</param>
internal sealed record ItemPlan(
    Item Item,
    Site Site,
    int? VendorId,
    decimal Cost,
    decimal Price,
    int Weight,
    DateOnly From
);

/// <summary>Warehouses that serve a marketplace.</summary>
/// <param name="Main">The warehouse that goods of vendors go to.</param>
/// <param name="Fba">The warehouse of the marketplace; <see langword="null"/> where everything is sold from the main
/// one.</param>
internal sealed record Site(string Market, int Main, int? Fba);
