using NeonPanel.Mcp.Ledger;
using NeonPanel.Mcp.Ledger.Records;

namespace NeonPanel.Mcp.Agent.Truths;

/// <summary>Stock, as plain sums of movements.</summary>
internal static class StockTruth
{
    /// <summary>Units of an item in all warehouses at the end of a day.</summary>
    public static int Total(Journal journal, Item item, DateOnly? day = null) =>
        Rows(journal, item, day).Sum(movement => movement.Units);

    /// <summary>Units of an item by warehouse, without those that have none.</summary>
    public static IReadOnlyDictionary<Warehouse, int> ByWarehouse(Journal journal, Item item, DateOnly? day = null) =>
        Rows(journal, item, day)
            .GroupBy(movement => movement.WarehouseId)
            .Select(group => (Warehouse: group.Key, Units: group.Sum(movement => movement.Units)))
            .Where(pair => pair.Units != 0)
            .ToDictionary(pair => journal.Warehouses[pair.Warehouse], pair => pair.Units);

    /// <summary>Units of each item in a warehouse at the end of a day, without items that it does not hold.</summary>
    public static IReadOnlyDictionary<Item, int> In(Journal journal, Warehouse warehouse, DateOnly day) =>
        Movements
            .Of(journal, warehouse.CompanyId)
            .Where(movement => movement.WarehouseId == warehouse.Id && movement.Day <= day)
            .GroupBy(movement => movement.ItemId)
            .Select(group => (Item: group.Key, Units: group.Sum(movement => movement.Units)))
            .Where(pair => pair.Units != 0)
            .ToDictionary(pair => journal.Items[pair.Item], pair => pair.Units);

    /// <summary>Shipments that were sent and have not arrived.</summary>
    public static IEnumerable<Shipment> UnderWay(Journal journal, Company company) =>
        journal.Shipments.Values.Where(shipment =>
            shipment.CompanyId == company.Id && shipment.Sent <= journal.Today && shipment.Arrived is null
        );

    /// <summary>Units of an item in stock before a day, and received from vendors and sold since.</summary>
    public static (int Before, int Received, int Sold) SoldOf(Journal journal, Item item, DateOnly start)
    {
        var since = Rows(journal, item, null).Where(movement => movement.Day >= start).ToList();
        int Units(MovementKind kind) =>
            since.Where(movement => movement.Kind == kind).Sum(movement => Math.Abs(movement.Units));
        return (
            Total(journal, item, start.AddDays(-1)),
            Units(MovementKind.Receipt),
            Units(MovementKind.Sale) - Units(MovementKind.Return)
        );
    }

    /// <summary>SKUs of items that no warehouse has, but an open order brings.</summary>
    public static IReadOnlySet<string> OutButOrdered(Journal journal, Company company) =>
        journal
            .InventoryOrders.Values.Where(order => order.CompanyId == company.Id && order.Received is null)
            .SelectMany(order => order.Lines)
            .Select(line => journal.Items[line.ItemId])
            .Where(item => Total(journal, item) == 0)
            .Select(item => journal.SkuOf(item)!)
            .ToHashSet();

    /// <summary>SKUs of items in stock that last for fewer days than a number.</summary>
    public static IReadOnlySet<string> RunsOutWithin(Journal journal, Company company, int days) =>
        journal
            .Items.Values.Where(item => item.CompanyId == company.Id && !item.IsDeleted)
            .Where(item => item.Restock.EstimatedDailySales > 0)
            .Where(item => Total(journal, item) is > 0 and var units && units < days * item.Restock.EstimatedDailySales)
            .Select(item => journal.SkuOf(item)!)
            .ToHashSet();

    private static IEnumerable<Movement> Rows(Journal journal, Item item, DateOnly? day) =>
        Movements
            .Of(journal, item.CompanyId)
            .Where(movement => movement.ItemId == item.Id && movement.Day <= (day ?? journal.Today));
}
