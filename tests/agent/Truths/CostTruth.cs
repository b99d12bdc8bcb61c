using NeonPanel.Mcp.Agent.Questions;
using NeonPanel.Mcp.Ledger;
using NeonPanel.Mcp.Ledger.Records;

namespace NeonPanel.Mcp.Agent.Truths;

/// <summary>Figures of costs, from <see cref="Fifo"/>.</summary>
internal static class CostTruth
{
    private static readonly string[] Visible = [Known.Outfitters, Known.Canada, Known.Nordlicht, Known.Tidewater];

    /// <summary>COGS of a company in a span.</summary>
    public static decimal Cogs(Journal journal, string company, DateOnly start, DateOnly end) =>
        Fifo.Of(journal, company)
            .Sales.Where(sale => sale.Invoice.Date >= start && sale.Invoice.Date <= end)
            .Sum(sale => sale.Cost);

    /// <summary>COGS of an item by month of a span.</summary>
    public static IReadOnlyDictionary<string, decimal> CogsByMonth(
        Journal journal,
        string company,
        Item item,
        DateOnly start,
        DateOnly end
    ) =>
        Fifo.Of(journal, company)
            .Sales.Where(sale => sale.ItemId == item.Id && sale.Invoice.Date >= start && sale.Invoice.Date <= end)
            .GroupBy(sale => Amounts.Month(sale.Invoice.Date!.Value))
            .ToDictionary(group => group.Key, group => group.Sum(sale => sale.Cost));

    /// <summary>Revenue and COGS of all visible companies by month, marketplace and currency.</summary>
    public static IReadOnlyList<SalesRow> ByMonthAndMarket(Journal journal, DateOnly start) =>
        [
            .. Visible
                .SelectMany(company =>
                    Fifo.Of(journal, company)
                        .Sales.Where(sale => sale.Invoice.Date >= start)
                        .Select(sale => (Sale: sale, Known.Company(journal, company).Currency))
                )
                .GroupBy(pair =>
                    (Amounts.Month(pair.Sale.Invoice.Date!.Value), pair.Sale.Invoice.Market!, pair.Currency)
                )
                .Select(group => new SalesRow(
                    group.Key.Item1,
                    group.Key.Item2,
                    group.Key.Currency,
                    group.Sum(pair => pair.Sale.Revenue),
                    group.Sum(pair => pair.Sale.Cost)
                )),
        ];

    /// <summary>Items by what their sales left in a span, the best first.</summary>
    public static IReadOnlyList<(int ItemId, decimal Margin)> Margins(
        Journal journal,
        string company,
        DateOnly start,
        DateOnly end
    ) =>
        [
            .. Fifo.Of(journal, company)
                .Sales.Where(sale => sale.Invoice.Date >= start && sale.Invoice.Date <= end)
                .GroupBy(sale => sale.ItemId)
                .Select(group => (group.Key, group.Sum(sale => sale.Revenue - sale.Cost)))
                .OrderByDescending(pair => pair.Item2),
        ];

    /// <summary>The last orders that brought an item, the newest first, with the cost of a unit by part.</summary>
    public static IReadOnlyList<Batch> Batches(Journal journal, string company, string sku)
    {
        var item = Known.Item(journal, company, sku);
        var fifo = Fifo.Of(journal, company);
        return
        [
            .. journal
                .InventoryOrders.Values.Where(order => order.Received is not null)
                .SelectMany(order => order.Lines.Select((line, at) => (order, line, at)))
                .Where(entry => entry.line.ItemId == item.Id)
                .OrderByDescending(entry => entry.order.Received)
                .Select(entry => new Batch(
                    entry.order.RefNumber!,
                    fifo.PartsOf(entry.order, entry.at)
                        .ToDictionary(part => part.Type, part => Cents.Round(part.Amount / entry.line.Quantity))
                )),
        ];
    }
}

/// <summary>Sales of a month in a marketplace.</summary>
internal sealed record SalesRow(string Month, string Market, string Currency, decimal Revenue, decimal Cogs);

/// <summary>The cost of one unit, by part.</summary>
internal sealed record Batch(string Order, IReadOnlyDictionary<string, decimal> Parts);
