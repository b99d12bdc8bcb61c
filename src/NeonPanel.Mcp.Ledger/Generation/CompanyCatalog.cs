using NeonPanel.Mcp.Ledger.Records;

namespace NeonPanel.Mcp.Ledger.Generation;

/// <summary>The other companies, and the warehouses, vendors, services and terms that the examples do not
/// name.</summary>
internal static class CompanyCatalog
{
    public const int Hpc = 431;
    public const int Tdw = 452;
    public const int Hidden = 470;

    public static Journal AddTo(Journal journal) => AddServices(AddParties(AddCompanies(journal)));

    private static Journal AddCompanies(Journal journal) =>
        journal with
        {
            Companies = journal.Companies.AddRange(
                Keyed.By<Company>(
                    company => company.Id,
                    new(
                        Hpc,
                        new("3b5f8a27-41d6-4c90-9e12-7a6c05b3d8e4"),
                        "Harbor & Pine Canada Inc.",
                        "HPC",
                        "CAD",
                        "America/Toronto",
                        "CA",
                        new(2026, 4, 1),
                        Permissions.All
                    ),
                    new(
                        Tdw,
                        new("a41e6c93-8d50-4f7b-b2a6-19c3e7084d5f"),
                        "Tidewater Goods Ltd",
                        "TDW",
                        "GBP",
                        "Europe/London",
                        "GB",
                        new(2026, 1, 1),
                        [
                            Permissions.ViewInventory,
                            Permissions.ViewBills,
                            Permissions.EditBills,
                            Permissions.ViewReports,
                        ]
                    ),
                    new(
                        Hidden,
                        new("c87d0e5a-2f39-4b61-8e04-6d915ab3f722"),
                        "Coldwater Holdings AG",
                        "CWH",
                        "CHF",
                        "Europe/Zurich",
                        "CH",
                        new(2026, 1, 1),
                        [],
                        IsVisible: false
                    )
                )
            ),
            Warehouses = journal.Warehouses.AddRange(
                Keyed.By<Warehouse>(
                    warehouse => warehouse.Id,
                    new(
                        34,
                        ExampleCatalog.Hpo,
                        new("6e2a9f10-7b3c-4d85-a1f7-c0d94e52b836"),
                        "Savannah Overflow",
                        "3PL",
                        "US"
                    ),
                    new(
                        35,
                        ExampleCatalog.Hpo,
                        new("d05c7b84-39ea-4126-8f9b-52e1a7c6304d"),
                        "Amazon CA Fulfilment",
                        "FBA",
                        "CA"
                    ),
                    new(
                        36,
                        ExampleCatalog.Hpo,
                        new("81f4d3a6-c25e-4790-b6d8-0e7b94f1a52c"),
                        "Monterrey Depot",
                        "3PL",
                        "MX"
                    ),
                    new(41, Hpc, new("2c9e70b5-d8f1-4a36-95c4-b7138e6d0fa2"), "Toronto Stockroom", "3PL", "CA"),
                    new(42, Hpc, new("f7a1b6d9-0c54-4e8f-8273-4d9e5c0b1a68"), "Amazon CA Fulfilment", "FBA", "CA"),
                    new(43, Hpc, new("5d8306ce-a9b2-47f4-9d01-e6f4837c2b95"), "Calgary Annex", "FBM", "CA"),
                    new(51, ExampleCatalog.Nlk, new("b94c2e71-6f0d-4835-a8e9-1c5d07f3b264"), "Lager Kiel", "3PL", "DE"),
                    new(
                        52,
                        ExampleCatalog.Nlk,
                        new("0a6f8d3c-e417-4b59-96c2-d8b57e1f4093"),
                        "Amazon DE Versandzentrum",
                        "FBA",
                        "DE"
                    ),
                    new(53, ExampleCatalog.Nlk, new("97e5c0b8-1d4a-4f62-8b37-a2f6094d8ce1"), "Lager Linz", "FBM", "AT"),
                    new(61, Tdw, new("e1b7f492-5a8c-4d03-b96e-38c0d7a5f14b"), "Felixstowe Shed", "3PL", "GB"),
                    new(62, Tdw, new("48d0a5e3-9c76-4f1b-8e52-b4f7c1930d6a"), "Amazon UK Fulfilment", "FBA", "GB")
                )
            ),
            PaymentTerms = journal.PaymentTerms.AddRange(
                Keyed.By<PaymentTerm>(
                    term => term.Id,
                    new(14, null, DocumentKind.Bill, "Net 30", [new(DateAnchor.Date, 30, 100)]),
                    new(15, null, DocumentKind.Bill, "Net 60", [new(DateAnchor.Date, 60, 100)]),
                    new(
                        16,
                        null,
                        DocumentKind.InventoryOrder,
                        "30/70 on Completion",
                        [new(DateAnchor.OrderPlaced, 0, 30), new(DateAnchor.ManufacturingCompleted, 0, 70)]
                    ),
                    new(17, ExampleCatalog.Nlk, DocumentKind.Bill, "14 Tage netto", [new(DateAnchor.Date, 14, 100)])
                )
            ),
            Users = journal.Users.AddRange(
                Keyed.By<User>(
                    user => user.Id,
                    New(57, "Jürgen Österreicher", "juergen.oesterreicher"),
                    New(61, "Priya Raman", "priya.raman")
                )
            ),
        };

    private static Journal AddParties(Journal journal) =>
        journal with
        {
            Vendors = journal.Vendors.AddRange(
                Keyed.By<Vendor>(
                    vendor => vendor.Id,
                    [
                        .. Vendors(
                            67,
                            ExampleCatalog.Hpo,
                            11,
                            "Yiwu Trailcraft Trading:YTT",
                            "Foshan Campware Industrial:FCI",
                            "Pacific Rim Textiles:PRT",
                            "Guadalajara Outdoor S.A. de C.V.:GOS"
                        ),
                        .. Vendors(
                            71,
                            ExampleCatalog.Hpo,
                            14,
                            "Great Basin Packaging Co.:GBP",
                            "Nevada Storage Trust:NST",
                            "Silver State Customs Brokers:SSC",
                            "Bright Ledger Software:BLS",
                            "Summit Ad Studio:SAS",
                            "Carson Label & Print:CLP",
                            "High Desert Couriers:HDC",
                            "Truckee Legal Partners:TLP"
                        ),
                        .. Vendors(79, Hpc, 16, "Maple Forge Works:MFW", "Longhua Enamel Factory:LEF"),
                        .. Vendors(81, Hpc, 12, "Great Lakes Carriers:GLC", "Ontario Storage Ltd.:OSL"),
                        .. Vendors(
                            83,
                            ExampleCatalog.Nlk,
                            16,
                            "Gießerei Müller & Söhne:GMS",
                            "Bohemia Steel s.r.o.:BOS"
                        ),
                        .. Vendors(
                            85,
                            ExampleCatalog.Nlk,
                            17,
                            "Nordfracht Spedition GmbH:NFS",
                            "Kieler Lagerhaus KG:KLK"
                        ),
                        .. Vendors(87, Tdw, 11, "Sheffield Edge Tools:SET", "Gdansk Rope Works:GRW"),
                        .. Vendors(89, Tdw, 14, "Anglian Freight Ltd:AFL", "Dockside Storage plc:DSP"),
                    ]
                )
            ),
            Customers = journal.Customers.AddRange(
                Keyed.By<Customer>(
                    customer => customer.Id,
                    [
                        .. Customers(
                            209,
                            ExampleCatalog.Hpo,
                            "Bear Valley Outfitters:BVO",
                            "Great Basin Adventure Co.:GBA",
                            "Mono Lake Mercantile:MLM",
                            "Sonora Camp Supply:SCS",
                            "Tres Ríos Deportes:TRD",
                            "Lakehead Outdoor Coop:LOC",
                            "Ponderosa General Store:PGS"
                        ),
                        .. Customers(216, Hpc, "Muskoka Paddle & Camp:MPC", "Boréal Plein Air:BPA"),
                        .. Customers(
                            218,
                            ExampleCatalog.Nlk,
                            "Küchenhaus Brömmel:KHB",
                            "Gasthof Zur Schönen Aussicht:GZS",
                            "Alpenküche Linz:AKL"
                        ),
                        .. Customers(221, Tdw, "Peak District Provisions:PDP", "Harbourside Chandlery:HSC"),
                    ]
                )
            ),
        };

    private static Journal AddServices(Journal journal) =>
        journal with
        {
            Services = journal.Services.AddRange(
                Keyed.By<Service>(
                    service => service.Id,
                    [
                        .. Services(
                            147,
                            ExampleCatalog.Hpo,
                            "Air Freight:Inbound Delivery",
                            "Import Duty:Inbound Delivery",
                            "Warehouse Rent:Storage",
                            "Prep and Labelling:Kitting",
                            "Software Subscription:Overhead",
                            "Professional Fees:Overhead"
                        ),
                        .. Services(
                            153,
                            Hpc,
                            "Ocean Freight:Inbound Delivery",
                            "Warehouse Rent:Storage",
                            "Merchandise Sales:Income",
                            "Stock Write-Off:"
                        ),
                        .. Services(
                            157,
                            ExampleCatalog.Nlk,
                            "Seefracht:Wareneingang",
                            "Lagermiete:Lager",
                            "Warenverkauf:Erlöse",
                            "Bestandskorrektur:"
                        ),
                        .. Services(
                            161,
                            Tdw,
                            "Sea Freight:Inbound Delivery",
                            "Warehouse Rent:Storage",
                            "Merchandise Sales:Income",
                            "Stock Write-Off:"
                        ),
                    ]
                )
            ),
        };

    private static User New(int id, string name, string mailbox) =>
        new(
            id,
            name,
            $"{mailbox}@harborpine.example",
            $"https://img.harborpine.example/people/{id}.png",
            new(2025, 5, 2, 8, 0, 0, DateTimeKind.Utc),
            new(2026, 11, 12, 9, 30, 0, DateTimeKind.Utc)
        );

    // "Name:CODE", with ids that follow one another.
    private static IEnumerable<Vendor> Vendors(int first, int company, int term, params string[] names) =>
        names.Select(
            (name, at) =>
                new Vendor(
                    first + at,
                    company,
                    name[..^4],
                    name[^3..],
                    term,
                    $"QBO-{20_600 + first + at}",
                    "quickbooks"
                )
        );

    private static IEnumerable<Customer> Customers(int first, int company, params string[] names) =>
        names.Select(
            (name, at) =>
                new Customer(first + at, company, name[..^4], name[^3..], $"QBO-C-{3_200 + first + at}", "quickbooks")
        );

    private static IEnumerable<Service> Services(int first, int company, params string[] names) =>
        names
            .Select((name, at) => (Parts: name.Split(':'), Id: first + at))
            .Select(service => new Service(
                service.Id,
                company,
                service.Parts[0],
                service.Parts[1] is { Length: > 0 } group ? group : null
            ));
}
