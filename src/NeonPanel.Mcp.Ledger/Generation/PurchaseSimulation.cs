namespace NeonPanel.Mcp.Ledger.Generation;

/// <summary>Orders goods and takes them in.</summary>
internal sealed class PurchaseSimulation(CompanySimulation company)
{
    private readonly List<InventoryOrder> open = [];
    private int turn;

    /// <summary>Orders that fill the empty warehouses on the first days.</summary>
    public int OpeningOrders => Sources.Count;

    private List<(int Vendor, int Warehouse)> Sources { get; } =
    [
        .. company
            .Plan.Items.Where(item => item.VendorId is not null)
            .Select(item => (item.VendorId!.Value, item.Site.Main))
            .Distinct()
            .OrderBy(source => source),
    ];

    public void Open(DateOnly day)
    {
        foreach (var (vendor, warehouse) in Sources)
        {
            Place(ItemsOf(vendor, warehouse), vendor, warehouse, day, day.AddDays(2));
        }
    }

    public bool Order(DateOnly day)
    {
        var sources = Sources;
        var (vendor, warehouse) = sources[turn++ % sources.Count];
        var items = ItemsOf(vendor, warehouse)
            .OrderBy(item => OnHand(item) / (decimal)item.Weight)
            .ThenBy(item => item.Item.Id)
            .Take(company.Random.Next(3, 7))
            .ToList();
        Place(items, vendor, warehouse, day, day.AddDays(company.Random.Next(34, 56)));
        return true;
    }

    public void Receive(DateOnly day)
    {
        foreach (var order in open.Where(order => order.Received == day).ToList())
        {
            open.Remove(order);
            company.Put(order);
            foreach (var line in order.Lines)
            {
                company.Stock.Add(line.ItemId, order.WarehouseId!.Value, line.Quantity);
            }

            company.BillLater(order.Key, day.AddDays(company.Random.Next(8, 20)), order.Amount);
        }
    }

    private void Place(List<ItemPlan> items, int vendor, int warehouse, DateOnly day, DateOnly received)
    {
        var id = company.NextId(DocumentKind.InventoryOrder);
        var lines = items
            .Select(item => new OrderLine(
                item.Item.Id,
                Quantity(item),
                Money.Round(item.Cost * company.Random.Next(95, 108) / 100m)
            ))
            .ToList();
        var currency = company.Plan.Company.Currency;
        var term = company.Journal.Vendors[vendor].PaymentTermId;
        var market = items[0].Site.Market;
        var order = new InventoryOrder(
            id,
            company.Plan.Company.Id,
            $"Restock from {company.Journal.Vendors[vendor].Code}, {day:MMMM yyyy}",
            Number(id),
            TaskIds.Of(DocumentKind.InventoryOrder, id),
            null,
            market,
            currency,
            vendor,
            term,
            day,
            null,
            warehouse,
            lines
        );
        company.Put(order);
        if (received <= company.Journal.Today)
        {
            open.Add(
                order with
                {
                    Received = received,
                    Completed = received.AddDays(1).ToDateTime(new(16, 45), DateTimeKind.Utc),
                }
            );
        }
    }

    private string Number(int id) => $"{company.Plan.Prefix}-PO-{1000 + id}";

    private List<ItemPlan> ItemsOf(int vendor, int warehouse) =>
        [.. company.Plan.Items.Where(item => item.VendorId == vendor && item.Site.Main == warehouse)];

    private int OnHand(ItemPlan item) =>
        company.Stock[item.Item.Id, item.Site.Main]
        + (item.Site.Fba is { } fba ? company.Stock[item.Item.Id, fba] : 0)
        + open.SelectMany(order => order.Lines).Where(line => line.ItemId == item.Item.Id).Sum(line => line.Quantity);

    // About as much as sells, or is assembled, until the item's next turn.
    private int Quantity(ItemPlan item)
    {
        var counts = company.Plan.Counts;
        var sold = counts.Invoices * 8m * item.Weight / company.Plan.Items.Sum(other => other.Weight);
        var assembled = company
            .Plan.Kits.SelectMany(kit => kit.Components)
            .Where(part => part.ItemId == item.Item.Id)
            .Sum(part => part.Quantity * counts.Kits * 7m);
        var neighbours = ItemsOf(item.VendorId!.Value, item.Site.Main).Count;
        var orders = Math.Max(1m, counts.Orders / (decimal)Sources.Count * Math.Min(4.5m, neighbours) / neighbours);
        var units = (sold + assembled) / orders * company.Random.Next(80, 130) / 100m;
        return Math.Max(12, (int)Math.Ceiling(units / 6) * 6);
    }
}
