using NeonPanel.Mcp.Ledger.Records;

namespace NeonPanel.Mcp.Ledger.Generation;

/// <summary>Makes products, listings and items of a company.</summary>
internal sealed class ItemGenerator(
    SeededRandom random,
    Company company,
    string prefix,
    string brand,
    IReadOnlyList<int> vendors
)
{
    private static readonly string[] Colors = ["Slate", "Forest", "Rust", "Sand", "Navy", "Black", "Natural"];

    private int turn;

    /// <summary>The journal so far.</summary>
    public required Journal Journal { get; set; }

    /// <summary>Gets the plans of the generated items, in the order of their creation.</summary>
    public List<ItemPlan> Plans { get; } = [];

    /// <summary>Adds a product.</summary>
    /// <param name="sku">Its SKU; <see langword="null"/> for one made from the name.</param>
    public Product AddProduct(string name, string? sku = null)
    {
        var letters = new string([.. name.Where(char.IsAsciiLetterUpper)]);
        var number = Journal.Products.Values.Count(product => product.CompanyId == company.Id) + 1;
        sku ??= $"{prefix}-{letters[..Math.Min(4, letters.Length)]}-{number:000}";
        var product = new Product(
            Journal.NextId(Journal.Products),
            company.Id,
            sku,
            sku[..sku.LastIndexOf('-')],
            name,
            $"https://img.harborpine.example/items/{sku.ToLowerInvariant()}.jpg",
            random.Next(2, 90) / 10m,
            random.Next(20, 240) / 10m,
            random.Next(10, 120) / 10m,
            random.Next(10, 120) / 10m
        );
        Journal = Journal with { Products = Journal.Products.Add(product.Id, product) };
        return product;
    }

    /// <summary>Adds an item of a product, with a listing of its own.</summary>
    /// <param name="isKit">Whether it is assembled rather than bought.</param>
    public ItemPlan AddItem(Product product, Site site, decimal cost, bool isKit = false, string? asin = null)
    {
        var price = decimal.Floor(cost * random.Next(24, 34) / 10m) + 0.99m;
        var weight = random.Pick([1, 1, 1, 2, 2, 3, 5, 8]);
        var listing = AddListing(product.Name!, asin);
        var daily = weight * 0.12m;
        var item = new Item(
            Journal.NextId(Journal.Items),
            company.Id,
            product.Id,
            listing.Id,
            site.Market,
            "amazon",
            "X0" + random.Code(8),
            listing.Color,
            random.Pick([52, 57, 61]),
            new(
                daily + 1,
                isKit ? null : cost,
                Money.Round(cost * 1.2m),
                daily,
                price,
                42,
                21,
                7,
                14,
                Money.Round(price * 0.17m),
                price,
                15,
                daily + 1
            ),
            new DateTime(2024, 11, 1, 9, 0, 0, DateTimeKind.Utc).AddMinutes(random.Next(0, 40_000))
        );
        Journal = Journal with { Items = Journal.Items.Add(item.Id, item) };
        int? vendor = isKit ? null : vendors[turn++ % vendors.Count];
        var plan = new ItemPlan(item, site, vendor, cost, price, weight, LedgerOptions.FirstDay);
        Plans.Add(plan);
        return plan;
    }

    /// <summary>Adds a listing that no item has yet.</summary>
    public Listing AddListing(string name, string? asin = null)
    {
        asin ??= "B0D" + random.Code(7);
        var color = random.Pick(Colors);
        var listing = new Listing(
            Journal.NextId(Journal.Listings),
            company.Id,
            asin,
            asin[..6] + "0PAR",
            $"{brand} {name} ({color})",
            brand,
            color,
            $"https://img.harborpine.example/listings/{asin}.jpg",
            null
        );
        Journal = Journal with { Listings = Journal.Listings.Add(listing.Id, listing) };
        return listing;
    }

    /// <summary>A vendor's price for a product.</summary>
    public decimal NextCost() => random.Amount(2.2m, 28m);
}
