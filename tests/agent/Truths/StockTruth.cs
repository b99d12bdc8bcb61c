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
