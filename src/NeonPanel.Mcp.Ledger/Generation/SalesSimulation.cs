namespace NeonPanel.Mcp.Ledger.Generation;

/// <summary>Sells: single orders of marketplaces, and wholesale.</summary>
internal sealed class SalesSimulation(CompanySimulation company)
{
    private const int Wholesale = 6;

    private SeededRandom Random => company.Random;

    public bool Sell(DateOnly day)
    {
        var isWholesale = Random.Chance(12);
        var places = Places(day, isWholesale);
        if (places.Count == 0)
        {
            return false;
        }

        var first = Random.Pick(places, place => place.Item.Weight);
        var others = places
            .Where(place =>
                place.Warehouse == first.Warehouse && place.Item.Site == first.Item.Site && place.Item != first.Item
            )
            .ToList();
        var more = Random.Next(1, 10) switch
        {
            10 => 2,
            > 6 => 1,
            _ => 0,
        };
        var items = new List<ItemPlan> { first.Item };
        for (var at = 0; at < more && others.Count > 0; at++)
        {
            var other = Random.Pick(others, place => place.Item.Weight);
            others.Remove(other);
            items.Add(other.Item);
        }

        company.Put(Invoice(day, first.Warehouse, items, isWholesale));
        return true;
    }

    private Invoice Invoice(DateOnly day, int warehouse, List<ItemPlan> items, bool isWholesale)
    {
        var lines = items.Select(item => Line(item, warehouse, isWholesale)).ToList();
        var site = items[0].Site;
        var id = company.NextId(DocumentKind.Invoice);
        var source = Source(warehouse == site.Fba, isWholesale);
        var number =
            source == Ledger.Invoice.Manual
                ? $"{company.Plan.Prefix}-INV-{id:0000}"
                : $"{Random.Next(100, 114)}-{Random.Next(1_000_000, 9_999_999)}-{Random.Next(1_000_000, 9_999_999)}";
        int? customer = isWholesale ? Random.Pick(company.Plan.Customers) : null;
        var name = customer is { } known
            ? $"{company.Journal.Customers[known].Name}, {day:MMMM} order"
            : $"{Channel(source).Name} order {number}";
        DateTime? completed =
            isWholesale && day.AddDays(30) > company.Journal.Today
                ? null
                : day.AddDays(isWholesale ? 24 : 0).ToDateTime(new(8, 20), DateTimeKind.Utc);
        return new(
            id,
            company.Plan.Company.Id,
            name,
            number,
            TaskIds.Of(DocumentKind.Invoice, id),
            completed,
            source,
            day,
            site.Market,
            company.Plan.Company.Currency,
            warehouse,
            customer,
            Channel(source).Id,
            lines
        );
    }

    private InvoiceLine Line(ItemPlan item, int warehouse, bool isWholesale)
    {
        var wanted = isWholesale ? Random.Next(8, 40) : Random.Pick([1, 1, 1, 1, 2, 2, 3]);
        var quantity = Math.Min(wanted, company.Stock[item.Item.Id, warehouse]);
        company.Stock.Add(item.Item.Id, warehouse, -quantity);
        var percent = isWholesale ? Random.Next(52, 60) : Random.Pick([100, 100, 100, 95, 90]);
        return new(
            item.Item.Id,
            company.Plan.Services.Sales,
            quantity,
            Money.Round(quantity * item.Price * percent / 100m)
        );
    }

    private string Source(bool isFba, bool isWholesale)
    {
        if (isWholesale)
        {
            return Ledger.Invoice.Manual;
        }

        return isFba ? "amazon" : Random.Pick(["shopify", "shopify", "tiktok"]);
    }

    private Records.SalesChannel Channel(string source) =>
        company.Journal.SalesChannels[
            source switch
            {
                "amazon" => 3,
                "shopify" => 4,
                "tiktok" => 5,
                _ => Wholesale,
            }
        ];

    // Marketplaces sell from their own warehouse, shops and wholesale from the main one.
    private List<(ItemPlan Item, int Warehouse)> Places(DateOnly day, bool isWholesale)
    {
        var places = new List<(ItemPlan Item, int Warehouse)>();
        foreach (var item in company.Plan.Items)
        {
            if (item.From > day || company.IsQuiet(item.Site.Market, day))
            {
                continue;
            }

            if (company.Stock[item.Item.Id, item.Site.Main] > 0)
            {
                places.Add((item, item.Site.Main));
            }

            if (!isWholesale && item.Site.Fba is { } fba && company.Stock[item.Item.Id, fba] > 0)
            {
                places.Add((item, fba));
            }
        }

        return places;
    }
}
