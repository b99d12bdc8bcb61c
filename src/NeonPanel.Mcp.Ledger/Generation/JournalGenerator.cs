using NeonPanel.Mcp.Ledger.Records;

namespace NeonPanel.Mcp.Ledger.Generation;

/// <summary>Makes a journal: the documents of the specification's examples, and two years of four companies around
/// them.</summary>
public static class JournalGenerator
{
    private static readonly string[] Towns =
    [
        "Alder",
        "Birch",
        "Cedar",
        "Dover",
        "Elm",
        "Fern",
        "Grove",
        "Hazel",
        "Iris",
        "Juniper",
        "Kelso",
        "Linden",
    ];
    private static readonly string[] Trades = ["Trading", "Supply", "Imports", "Goods", "Mercantile"];

    /// <summary>Makes the journal of some options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static Journal Create(LedgerOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Today, LedgerOptions.ExampleDay);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Today, LedgerOptions.LastDay);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Companies, LedgerOptions.FewestCompanies);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Companies, LedgerOptions.MostCompanies);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Scale, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Scale, LedgerOptions.MostScale);
        var journal = CompanyCatalog.AddTo(ExampleCatalog.AddTo(new() { Today = options.Today }));
        journal = ExampleDocuments.AddTo(journal);
        var exampleRequests = journal.PaymentRequests.Keys.Last();
        journal = PlannedDocuments.AddTo(journal);
        foreach (var plan in new CompanyPlans(options.Seed, options.Scale).AddTo(ref journal))
        {
            journal = new CompanySimulation(plan, options.Seed, journal).Run();
        }

        return AddCompanies(Settlement.AddTo(journal, options.Seed, exampleRequests), options);
    }

    // Companies without documents, for lists that are longer than a page.
    private static Journal AddCompanies(Journal journal, LedgerOptions options)
    {
        var random = SeededRandom.For(options.Seed, "companies");
        for (var at = LedgerOptions.FewestCompanies; at < options.Companies; at++)
        {
            var id = 600 + at;
            var name = $"{random.Pick(Towns)} {random.Pick(Trades)} {at:000} Inc.";
            var company = new Company(
                id,
                random.NextUuid(),
                name,
                $"C{at:000}",
                "USD",
                "America/New_York",
                "US",
                new(2026, 1, 1),
                [Permissions.ViewInventory]
            );
            var warehouse = new Warehouse(600 + at, id, random.NextUuid(), "Main Stockroom", "3PL", "US");
            journal = journal with
            {
                Companies = journal.Companies.Add(id, company),
                Warehouses = journal.Warehouses.Add(warehouse.Id, warehouse),
            };
        }

        return journal;
    }
}
