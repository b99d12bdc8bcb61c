using NeonPanel.Mcp.Ledger.Records;

namespace NeonPanel.Mcp.Ledger.Generation;

/// <summary>Makes the items of the four companies, and says what happens in each.</summary>
internal sealed class CompanyPlans(ulong seed, int scale)
{
    /// <summary>Adds the items and returns the plans.</summary>
    public IReadOnlyList<CompanyPlan> AddTo(ref Journal journal) =>
        [Outfitters(ref journal), Canada(ref journal), Cookware(ref journal), Tidewater(ref journal)];

    private CompanyPlan Outfitters(ref Journal journal)
    {
        Site us = new("US", 31, 32),
            savannah = new("US", 34, 32),
            ca = new("CA", 33, 35),
            mx = new("MX", 36, null);
        var items = Generator(journal, ExampleCatalog.Hpo, "HP", "Harbor & Pine", [67, 68, 69, 70]);
        var products = ProductNames
            .Outfitters.Select(name => (Product: items.AddProduct(name), Cost: items.NextCost()))
            .ToList();
        var kits = new List<ItemPlan>();
        for (var at = 0; at < products.Count; at++)
        {
            var (product, cost) = products[at];
            var isKit = product.Name!.Contains("Assembled", StringComparison.Ordinal);
            var plan = items.AddItem(product, at % 7 == 3 && !isKit ? savannah : us, cost, isKit);
            kits.AddRange(isKit ? [plan] : []);
        }

        // Thirty products also sell in Canada, nineteen in Mexico.
        products.Take(30).ToList().ForEach(pair => items.AddItem(pair.Product, ca, pair.Cost));
        products.Skip(30).Take(19).ToList().ForEach(pair => items.AddItem(pair.Product, mx, pair.Cost));
        items.AddListing("Camp Kettle, Copper");
        items.AddListing("Fire Grate, Travel");
        var parts = items.Plans.Where(plan => plan.Site == us && plan.VendorId is not null).ToList();
        var assemblies = kits.Select(
                (kit, at) =>
                    new Assembly(
                        19 + at,
                        ExampleCatalog.Hpo,
                        kit.Item.Id,
                        ProductNames.Outfitters.First(name => name == items.Journal.ProductOf(kit.Item)!.Name),
                        "Packed in Reno from parts in stock",
                        [new(parts[at * 2].Item.Id, 1), new(parts[(at * 2) + 1].Item.Id, 2)]
                    )
            )
            .ToList();
        journal = items.Journal with
        {
            Assemblies = items.Journal.Assemblies.AddRange(Keyed.By(assembly => assembly.Id, assemblies)),
        };
        var examples = new[]
        {
            (7401, us, 9m, 34.99m, 8),
            (7402, us, 6.75m, 29.99m, 3),
            (7403, us, 3.1m, 14.99m, 3),
        }.Select(example =>
            Example(
                items.Journal,
                example.Item1,
                example.Item2,
                example.Item3,
                example.Item4,
                example.Item5,
                LedgerOptions.ExampleDay.AddDays(1)
            )
        );
        var lantern = Example(items.Journal, 7406, ca, 9.1m, 46.99m, 2, LedgerOptions.FirstDay) with { VendorId = 63 };
        return new(
            journal.Companies[ExampleCatalog.Hpo],
            "HP",
            [.. items.Plans, .. examples, lantern],
            [64, 73],
            [(71, 146), (72, 149), (75, 151), (76, 152), (77, 150), (77, 150), (78, 152), (74, 151)],
            new(141, 142, 143, 145, 146),
            [.. Enumerable.Range(208, 8)],
            ["US"],
            Counts(50, 250, 76, 23, 39, 1696),
            assemblies
        );
    }

    private CompanyPlan Canada(ref Journal journal)
    {
        Site ca = new("CA", 41, 42),
            calgary = new("CA", 43, null);
        var items = Generator(journal, CompanyCatalog.Hpc, "HC", "Harbor & Pine", [79, 80]);
        // The SKU of another company's item.
        var lantern = items.AddProduct(ProductNames.Canada[0], "HP-LANT-01");
        items.AddItem(lantern, ca, 11.4m, asin: "B0D7LN4QX1");
        items.AddItem(lantern, calgary, 11.4m, asin: "B0D7LN4QX1");
        foreach (var name in ProductNames.Canada.Skip(1))
        {
            items.AddItem(items.AddProduct(name), ca, items.NextCost());
        }

        journal = items.Journal;
        return new(
            journal.Companies[CompanyCatalog.Hpc],
            "HC",
            items.Plans,
            [81],
            [(82, 154)],
            new(153, null, 155, 156, null),
            [216, 217],
            [],
            Counts(12, 50, 14, 0, 10, 280),
            []
        );
    }

    private CompanyPlan Cookware(ref Journal journal)
    {
        Site de = new("DE", 51, 52),
            at = new("AT", 53, null);
        var items = Generator(journal, ExampleCatalog.Nlk, "NK", "Nordlicht", [83, 84]);
        var products = ProductNames.Cookware.Select(name => items.AddProduct(name)).ToList();
        // The first three are those of the examples' figures, which the simulation leaves alone.
        items.AddItem(products[0], de, NordlichtSales.PotCost);
        items.AddItem(products[1], de, NordlichtSales.RoasterCost);
        items.AddItem(products[2], de, NordlichtSales.LadleCost);
        items.AddItem(products[3], de, items.NextCost());
        items.AddItem(products[4], at, items.NextCost());
        items.AddItem(products[3], at, items.NextCost());
        journal = NordlichtSales.AddTo(items.Journal, [.. items.Plans.Take(3).Select(plan => plan.Item.Id)]);
        return new(
            journal.Companies[ExampleCatalog.Nlk],
            "NK",
            [.. items.Plans.Skip(3)],
            [85],
            [(86, 158)],
            new(157, null, 159, 160, null),
            [218, 219, 220],
            ["DE"],
            Counts(11, 60, 4, 0, 10, 296),
            []
        );
    }

    private CompanyPlan Tidewater(ref Journal journal)
    {
        Site gb = new("GB", 61, 62);
        var items = Generator(journal, CompanyCatalog.Tdw, "TD", "Tidewater", [87, 88]);
        foreach (var name in ProductNames.Tidewater)
        {
            items.AddItem(items.AddProduct(name), gb, items.NextCost());
        }

        items.AddItem(items.Journal.Products.Values.Last(), gb, items.NextCost());
        journal = items.Journal;
        return new(
            journal.Companies[CompanyCatalog.Tdw],
            "TD",
            items.Plans,
            [89],
            [(90, 162)],
            new(161, null, 163, 164, null),
            [221, 222],
            [],
            Counts(11, 53, 14, 0, 10, 318),
            []
        );
    }

    private DocumentCounts Counts(int orders, int bills, int shipments, int kits, int adjustments, int invoices) =>
        new DocumentCounts(orders, bills, shipments, kits, adjustments, invoices).Times(scale);

    private ItemGenerator Generator(
        Journal journal,
        int company,
        string prefix,
        string brand,
        IReadOnlyList<int> vendors
    ) =>
        new(SeededRandom.For(seed, $"items of {company}"), journal.Companies[company], prefix, brand, vendors)
        {
            Journal = journal,
        };

    private static ItemPlan Example(
        Journal journal,
        int id,
        Site site,
        decimal cost,
        decimal price,
        int weight,
        DateOnly from
    ) => new(journal.Items[id], site, null, cost, price, weight, from);
}
