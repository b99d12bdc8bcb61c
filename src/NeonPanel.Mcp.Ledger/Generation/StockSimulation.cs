namespace NeonPanel.Mcp.Ledger.Generation;

/// <summary>Moves stock without selling it: shipments, kits, adjustments.</summary>
internal sealed class StockSimulation(CompanySimulation company)
{
    private static readonly string[] Carriers = ["Cascade Linehaul", "Blue Ridge Parcel", "Northgate Express"];

    private readonly List<Shipment> underWay = [];

    private SeededRandom Random => company.Random;

    public void Arrive(DateOnly day)
    {
        foreach (var shipment in underWay.Where(shipment => shipment.Arrived == day).ToList())
        {
            underWay.Remove(shipment);
            company.Put(shipment);
            foreach (var line in shipment.Lines)
            {
                company.Stock.Add(line.ItemId, shipment.DestinationWarehouseId!.Value, line.Received);
            }

            if (Random.Chance(30))
            {
                company.BillLater(shipment.Key, day.AddDays(Random.Next(3, 12)), 900);
            }
        }
    }

    public bool Ship(DateOnly day)
    {
        var candidates = company
            .Plan.Items.Where(item =>
                item.From <= day && item.Site.Fba is not null && item.Item.Id > 7405 && !IsPart(item)
            )
            .Where(item => company.Stock[item.Item.Id, item.Site.Main] >= 4)
            .ToList();
        if (candidates.Count == 0)
        {
            return false;
        }

        var site = Random.Pick(candidates).Site;
        var items = candidates
            .Where(item => item.Site == site)
            .OrderByDescending(item => company.Stock[item.Item.Id, site.Main])
            .ThenBy(item => item.Item.Id)
            .Take(Random.Next(3, 9));
        var lines = items
            .Select(item => new ShipmentLine(
                item.Item.Id,
                company.Stock[item.Item.Id, site.Main] * Random.Next(40, 70) / 100,
                0
            ))
            .ToList();
        var id = company.NextId(DocumentKind.Shipment);
        var isManual = Random.Chance(60);
        var number = isManual ? $"{company.Plan.Prefix}-SH-{id:0000}" : "FBA" + Random.Code(9);
        var shipment = new Shipment(
            id,
            company.Plan.Company.Id,
            $"Top-up of {company.Journal.Warehouses[site.Fba!.Value].Name}",
            number,
            isManual ? TaskIds.Of(DocumentKind.Shipment, id) : null,
            null,
            isManual ? Shipment.Manual : "Amazon FBA",
            day,
            null,
            site.Market,
            site.Market,
            site.Main,
            site.Fba,
            "CLH" + Random.Next(10_000_000, 99_999_999),
            Random.Pick(["SPD", "LTL", "FTL"]),
            Random.Pick(Carriers),
            lines
        );
        lines.ForEach(line => company.Stock.Add(line.ItemId, site.Main, -line.Shipped));
        company.Put(shipment);
        var arrival = day.AddDays(Random.Next(4, 12));
        if (arrival <= company.Journal.Today)
        {
            underWay.Add(
                shipment with
                {
                    Arrived = arrival,
                    Completed = isManual ? arrival.ToDateTime(new(19, 10), DateTimeKind.Utc) : null,
                    Lines =
                    [
                        .. lines.Select(line =>
                            line with
                            {
                                Received = line.Shipped - (Random.Chance(6) ? Random.Next(1, 2) : 0),
                            }
                        ),
                    ],
                }
            );
        }

        return true;
    }

    public bool Assemble(DateOnly day)
    {
        if (company.Plan.Kits.Count == 0)
        {
            return false;
        }

        var kit = Random.Pick(company.Plan.Kits);
        var site = company.Plan.Items.First(item => item.Item.Id == kit.ItemId).Site;
        var most = kit.Components.Min(part => company.Stock[part.ItemId, site.Main] / part.Quantity);
        if (most < 2)
        {
            return false;
        }

        var count = Math.Min(most, Random.Next(3, 10));
        foreach (var part in kit.Components)
        {
            company.Stock.Add(part.ItemId, site.Main, -part.Quantity * count);
        }

        company.Stock.Add(kit.ItemId, site.Main, count);
        var id = company.NextId(DocumentKind.AssemblyOrder);
        var order = new AssemblyOrder(
            id,
            company.Plan.Company.Id,
            $"{kit.Name}, {day:MMMM} build",
            $"{company.Plan.Prefix}-AO-{id:0000}",
            TaskIds.Of(DocumentKind.AssemblyOrder, id),
            day.ToDateTime(new(22, 15), DateTimeKind.Utc),
            day,
            site.Market,
            site.Main,
            [new(kit.Id, count)]
        );
        company.Put(order);
        if (Random.Chance(70))
        {
            company.BillLater(order.Key, day.AddDays(Random.Next(1, 9)), count, isForKits: true);
        }

        return true;
    }

    public bool Adjust(DateOnly day)
    {
        var candidates = company
            .Plan.Items.Where(item =>
                item.From <= day
                && item.Item.Id > 7405
                && company.Stock[item.Item.Id, item.Site.Main] > 4
                && !company.IsQuiet(item.Site.Market, day)
            )
            .ToList();
        if (candidates.Count == 0)
        {
            return false;
        }

        var plan = Random.Pick(candidates);
        var isFound = Random.Chance(20);
        var quantity = isFound ? -Random.Next(1, 3) : Random.Next(1, 4);
        var reason = isFound ? "Misplaced" : Random.Pick(["Damaged", "Damaged", "Misplaced", "Administrative Errors"]);
        company.Stock.Add(plan.Item.Id, plan.Site.Main, -quantity);
        var id = company.NextId(DocumentKind.Adjustment);
        var name = company.Journal.ProductOf(plan.Item)!.Name;
        company.Put(
            new Adjustment(
                id,
                company.Plan.Company.Id,
                isFound ? $"Found: {name}" : $"{reason}: {name}",
                $"{company.Plan.Prefix}-ADJ-{id:0000}",
                TaskIds.Of(DocumentKind.Adjustment, id),
                day.ToDateTime(new(15, 0), DateTimeKind.Utc),
                day,
                plan.Site.Market,
                company.Plan.Company.Currency,
                reason,
                plan.Site.Main,
                [new(plan.Item.Id, company.Plan.Services.WriteOff, quantity, plan.Cost)]
            )
        );
        return true;
    }

    // Parts stay where kits are assembled.
    private bool IsPart(ItemPlan item) =>
        company.Plan.Kits.SelectMany(kit => kit.Components).Any(part => part.ItemId == item.Item.Id);
}
