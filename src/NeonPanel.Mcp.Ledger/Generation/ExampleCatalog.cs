using NeonPanel.Mcp.Ledger.Records;

namespace NeonPanel.Mcp.Ledger.Generation;

/// <summary>Companies, items, vendors and terms of the specification's examples.</summary>
internal static class ExampleCatalog
{
    public const int Hpo = 214;
    public const int Nlk = 387;

    public static readonly Guid HpoUuid = new("7c1e4b52-93af-4d06-8b1a-5e20c7d94f31");
    public static readonly Guid NlkUuid = new("e0a95d1c-2b78-4f43-a6d9-81c3f57b206e");

    /// <summary>Items whose stock and costs the examples tell.</summary>
    public static readonly IReadOnlyList<int> Items = [7401, 7402, 7403, 7404, 7405];

    private static readonly DateTime Created = new(2026, 2, 17, 18, 22, 9, DateTimeKind.Utc);

    public static Journal AddTo(Journal journal) =>
        ExampleParties.AddTo(AddItems(AddProducts(journal))) with
        {
            Companies = journal.Companies.AddRange(
                Keyed.By<Company>(
                    company => company.Id,
                    new(
                        Hpo,
                        HpoUuid,
                        "Harbor & Pine Outfitters LLC",
                        "HPO",
                        "USD",
                        "America/Denver",
                        "US",
                        new(2026, 1, 1),
                        Permissions.All
                    ),
                    new(
                        Nlk,
                        NlkUuid,
                        "Nordlicht Kochgeschirr GmbH",
                        "NLK",
                        "EUR",
                        "Europe/Berlin",
                        "DE",
                        new(2026, 1, 1),
                        [Permissions.ViewInventory, Permissions.ViewBills, Permissions.ViewReports]
                    )
                )
            ),
            Warehouses = journal.Warehouses.AddRange(
                Keyed.By<Warehouse>(
                    warehouse => warehouse.Id,
                    new(31, Hpo, new("4f0d2a96-1c57-4b8e-9e63-0a7b5d82c4f1"), "Reno Stockroom", "3PL", "US"),
                    new(32, Hpo, new("b83c6e10-5f24-4a9d-8d71-e962f3a0475c"), "Amazon US Fulfilment", "FBA", "US"),
                    new(33, Hpo, new("19d7e5c8-6a03-4d2f-b4be-7c58021f9ea6"), "Mississauga Annex", "FBM", "CA")
                )
            ),
            SalesChannels = journal.SalesChannels.AddRange(
                Keyed.By<SalesChannel>(
                    channel => channel.Id,
                    new(3, "Amazon"),
                    new(4, "Shopify"),
                    new(5, "TikTok Shop"),
                    new(6, "Wholesale")
                )
            ),
            Users = journal.Users.AddRange(
                Keyed.By<User>(
                    user => user.Id,
                    new User(
                        52,
                        "Marisol Quintero",
                        "marisol.quintero@harborpine.example",
                        "https://img.harborpine.example/people/52.png",
                        new(2025, 3, 11, 9, 12, 44, DateTimeKind.Utc),
                        new(2026, 11, 13, 16, 5, 31, DateTimeKind.Utc)
                    )
                )
            ),
            Forecasts = journal.Forecasts.Add(Hpo, new(Hpo, ExampleReports.Forecast)),
            Reports = journal.Reports.AddRange(Keyed.By(report => report.Id, ExampleReports.All)),
        };

    private static Journal AddProducts(Journal journal) =>
        journal with
        {
            Products = journal.Products.AddRange(
                Keyed.By<Product>(
                    product => product.Id,
                    New(6101, "HP-LANT-01", "HP-LANT", "Folding Camp Lantern, Rechargeable", 1.4m, 7.5m, 4.2m, 4.2m),
                    New(6102, "HP-BOTL-32F", "HP-BOTL", "Insulated Steel Bottle, 32 oz", 0.9m, 10.6m, 3.4m, 3.4m),
                    New(6103, "HP-TOWL-LG", "HP-TOWL", "Quick-Dry Trail Towel, Large", 0.6m, 9.1m, 2.8m, 5.5m),
                    New(6104, "HP-SKIL-10", "HP-SKIL", "Cast Iron Camp Skillet, 10 in", 4.7m, 16.2m, 2.1m, 10.3m),
                    New(6105, "HP-KIT-WKND", "HP-KIT", "Weekend Camp Kit", 3.2m, 12.4m, 6.8m, 9.6m),
                    New(
                        6106,
                        "HP-LANT-01-CA",
                        "HP-LANT",
                        "Folding Camp Lantern, Rechargeable (Canada)",
                        1.4m,
                        7.5m,
                        4.2m,
                        4.2m
                    )
                )
            ),
            Listings = journal.Listings.AddRange(
                Keyed.By<Listing>(
                    listing => listing.Id,
                    New(
                        9301,
                        "B0D7LN4QX1",
                        "B0D7LN0PAR",
                        "Folding Camp Lantern, Rechargeable",
                        "Slate",
                        new Dictionary<string, IReadOnlyList<string>>
                        {
                            ["en_US"] =
                            [
                                "Folds flat to the thickness of a book",
                                "Charges over USB-C and runs up to 40 hours on low",
                            ],
                            ["es_US"] =
                            [
                                "Se pliega hasta el grosor de un libro",
                                "Carga por USB-C y dura hasta 40 horas en modo bajo",
                            ],
                        }
                    ),
                    New(
                        9302,
                        "B0D7BT9RM2",
                        "B0D7BT0PAR",
                        "Insulated Steel Bottle, 32 oz",
                        "Forest",
                        new Dictionary<string, IReadOnlyList<string>>
                        {
                            ["en_US"] = ["Holds a quart of coffee hot until noon", "Lid opens with one gloved hand"],
                        }
                    ),
                    New(
                        9303,
                        "B0D8TW3KV5",
                        "B0D8TW0PAR",
                        "Quick-Dry Trail Towel, Large",
                        "Rust",
                        new Dictionary<string, IReadOnlyList<string>>
                        {
                            ["en_US"] = ["Dries on a branch within the hour"],
                        }
                    ),
                    New(9304, "B0D8SK6PC9", "B0D8SK0PAR", "Cast Iron Camp Skillet, 10 in", "Black"),
                    New(9305, "B0DBKT2WN7", "B0DBKT0PAR", "Weekend Camp Kit", "Mixed"),
                    New(9306, "B0D7LN4QX1", "B0D7LN0PAR", "Folding Camp Lantern, Rechargeable (Canada)", "Slate")
                )
            ),
        };

    private static Journal AddItems(Journal journal)
    {
        var lantern = new RestockFigures(14, 9, 10.8m, 11.6m, 34.99m, 42, 21, 7, 14, 6.1m, 34.99m, 15, 14);
        var others = new RestockFigures(8, 6.75m, 8.1m, 6.2m, 29.99m, 42, 21, 7, 14, 5.4m, 29.99m, 15, 8);
        return journal with
        {
            Items = journal.Items.AddRange(
                Keyed.By<Item>(
                    item => item.Id,
                    New(7401, 6101, 9301, "US", "X004K7QLN1", "Slate", lantern),
                    New(7402, 6102, 9302, "US", "X004K7R2B8", "Forest", others),
                    New(
                        7403,
                        6103,
                        9303,
                        "US",
                        "X004K8M5T3",
                        "Rust",
                        others with
                        {
                            UnitVendorPrice = 3.1m,
                            UnitLandedCost = 3.1m,
                            EstimatedPrice = 14.99m,
                        }
                    ),
                    New(
                        7404,
                        6104,
                        9304,
                        "US",
                        "X004K9C1S6",
                        "Black",
                        others with
                        {
                            UnitVendorPrice = 11.8m,
                            UnitLandedCost = 14.2m,
                            EstimatedDailySales = 0,
                        }
                    ),
                    New(
                        7405,
                        6105,
                        9305,
                        "US",
                        "X004KB4W9D",
                        "Mixed",
                        others with
                        {
                            UnitVendorPrice = null,
                            UnitLandedCost = 22.9m,
                            EstimatedPrice = 69.99m,
                            EstimatedDailySales = 0.8m,
                        }
                    ),
                    New(
                        7406,
                        6106,
                        9306,
                        "CA",
                        "X004KD83CA",
                        "Slate",
                        lantern with
                        {
                            EstimatedDailySales = 0.6m,
                            DailySalesTarget = 2,
                            DailyUnitSalesTarget = 2,
                        }
                    )
                )
            ),
            Assemblies = journal.Assemblies.Add(
                18,
                new(
                    18,
                    Hpo,
                    7405,
                    "Weekend Camp Kit",
                    "One lantern, one bottle and one towel in a printed box",
                    [new(7401, 1), new(7402, 1), new(7403, 1)]
                )
            ),
        };
    }

    private static Product New(
        int id,
        string sku,
        string parent,
        string name,
        decimal weight,
        decimal length,
        decimal height,
        decimal depth
    ) =>
        new(
            id,
            Hpo,
            sku,
            parent,
            name,
            $"https://img.harborpine.example/items/{sku.ToLowerInvariant()}.jpg",
            weight,
            length,
            height,
            depth
        );

    private static Listing New(
        int id,
        string asin,
        string parent,
        string name,
        string color,
        Dictionary<string, IReadOnlyList<string>>? points = null
    ) =>
        new(
            id,
            Hpo,
            asin,
            parent,
            $"Harbor & Pine {name} ({color})",
            "Harbor & Pine",
            color,
            $"https://img.harborpine.example/listings/{asin}.jpg",
            points
        );

    private static Item New(
        int id,
        int product,
        int listing,
        string country,
        string fnsku,
        string variation,
        RestockFigures restock
    ) => new(id, Hpo, product, listing, country, "amazon", fnsku, variation, 52, restock, Created);
}
