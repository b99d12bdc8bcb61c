using System.Collections.Concurrent;
using NeonPanel.Mcp.Ledger.Records;

namespace NeonPanel.Mcp.Ledger;

/// <summary>The figures of a journal. Computed when they are first asked for.</summary>
public sealed class Books
{
    // The books of a company with thousands of documents take some megabytes, and every writer has books of its own.
    private const int MostKept = 2;

    private static readonly Lock Gate = new();
    private static readonly LinkedList<Books> Kept = new();

    private readonly ConcurrentDictionary<int, Lazy<Costs>> costs = new();
    private readonly ConcurrentDictionary<int, Lazy<ILookup<int, Movement>>> movements = new();

    private Books(Journal journal) => Journal = journal;

    /// <summary>Gets the journal.</summary>
    public Journal Journal { get; }

    /// <summary>Returns the books of a journal. Those of the journals that were asked last are kept.</summary>
    public static Books Of(Journal journal)
    {
        lock (Gate)
        {
            var books = Kept.FirstOrDefault(kept => ReferenceEquals(kept.Journal, journal));
            if (books is null)
            {
                books = new(journal);
            }
            else
            {
                Kept.Remove(books);
            }

            Kept.AddFirst(books);
            if (Kept.Count > MostKept)
            {
                Kept.RemoveLast();
            }

            return books;
        }
    }

    /// <summary>The FIFO costs of a company.</summary>
    public Costs CostsOf(int companyId) => costs.GetOrAdd(companyId, id => new(() => Costs.Of(Journal, id))).Value;

    /// <summary>Units of an item by warehouse at the end of a day. Warehouses without a unit are left out.</summary>
    public IReadOnlyList<(Warehouse Warehouse, int Balance)> BalancesOf(Item item, DateOnly day) =>
        [
            .. MovementsOf(item.CompanyId)[item.Id]
                .Where(movement => movement.Day <= day)
                .GroupBy(movement => movement.WarehouseId)
                .Select(group =>
                    (Warehouse: Journal.Warehouses[group.Key], Balance: group.Sum(movement => movement.Units))
                )
                .Where(balance => balance.Balance != 0)
                .OrderBy(balance => balance.Warehouse.Id),
        ];

    /// <summary>Units of each item in a warehouse at the end of a day. Items without a unit are left out.</summary>
    public IReadOnlyList<(Item Item, int Balance)> BalancesIn(Warehouse warehouse, DateOnly day) =>
        [
            .. MovementsOf(warehouse.CompanyId)
                .SelectMany(group => group)
                .Where(movement => movement.WarehouseId == warehouse.Id && movement.Day <= day)
                .GroupBy(movement => movement.ItemId)
                .Select(group => (Item: Journal.Items[group.Key], Balance: group.Sum(movement => movement.Units)))
                .Where(balance => balance.Balance != 0 && !balance.Item.IsDeleted)
                .OrderBy(balance => balance.Item.Id),
        ];

    /// <summary>Batches of an item that entered a warehouse, with their costs, oldest first.</summary>
    public IReadOnlyList<Entry> LandedCosts(Item item, Warehouse warehouse, DateOnly start, DateOnly end) =>
        [
            .. CostsOf(item.CompanyId)
                .Entries.Where(entry =>
                    entry.ItemId == item.Id
                    && entry.WarehouseId == warehouse.Id
                    && entry.Day >= start
                    && entry.Day <= end
                ),
        ];

    /// <summary>Returns the units of an item that left the company, with their costs, oldest first.</summary>
    public IReadOnlyList<Consumption> ConsumptionsOf(Item item, DateOnly start, DateOnly end) =>
        [
            .. CostsOf(item.CompanyId)
                .Consumptions.Where(consumption =>
                    consumption.ItemId == item.Id && consumption.Day >= start && consumption.Day <= end
                ),
        ];

    /// <summary>Revenue and COGS of each invoice that sold inventory in a span.</summary>
    public IReadOnlyList<(Invoice Invoice, decimal Revenue, decimal Cogs)> SalesOf(
        int companyId,
        DateOnly start,
        DateOnly end
    )
    {
        var cogs = CostsOf(companyId)
            .Consumptions.Where(consumption => consumption.Kind == ConsumptionKind.Sale)
            .ToLookup(consumption => consumption.Document.Id, consumption => consumption.Amount);
        return
        [
            .. Journal
                .Invoices.Values.Where(invoice =>
                    invoice.CompanyId == companyId && invoice.Date >= start && invoice.Date <= end
                )
                .Where(invoice => invoice.Lines.Any(line => line.ItemId is not null))
                .Select(invoice => (invoice, invoice.Revenue, cogs[invoice.Id].Sum())),
        ];
    }

    private ILookup<int, Movement> MovementsOf(int companyId) =>
        movements
            .GetOrAdd(companyId, id => new(() => Movements.Of(Journal, id).ToLookup(movement => movement.ItemId)))
            .Value;
}
