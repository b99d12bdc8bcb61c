namespace NeonPanel.Mcp.Ledger.Generation;

/// <summary>Two years of one company, day by day: orders, receipts, kits, shipments, sales, adjustments,
/// bills.</summary>
internal sealed class CompanySimulation
{
    private readonly CompanyPlan plan;
    private readonly SeededRandom random;
    private readonly StockRoom stock = new();
    private readonly Dictionary<DocumentKind, int> ids = [];
    private readonly PurchaseSimulation purchases;
    private readonly StockSimulation moves;
    private readonly SalesSimulation sales;
    private readonly BillSimulation bills;

    public CompanySimulation(CompanyPlan plan, ulong seed, Journal journal)
    {
        this.plan = plan;
        Journal = journal;
        random = SeededRandom.For(seed, $"documents of {plan.Company.Id}");
        ids[DocumentKind.InventoryOrder] = Ledger.Journal.NextId(journal.InventoryOrders);
        ids[DocumentKind.Bill] = Ledger.Journal.NextId(journal.Bills);
        ids[DocumentKind.Shipment] = Ledger.Journal.NextId(journal.Shipments);
        ids[DocumentKind.AssemblyOrder] = Ledger.Journal.NextId(journal.AssemblyOrders);
        ids[DocumentKind.Adjustment] = Ledger.Journal.NextId(journal.Adjustments);
        ids[DocumentKind.Invoice] = Ledger.Journal.NextId(journal.Invoices);
        purchases = new(this);
        moves = new(this);
        sales = new(this);
        bills = new(this);
    }

    public Journal Journal { get; private set; }

    public CompanyPlan Plan => plan;

    public SeededRandom Random => random;

    public StockRoom Stock => stock;

    /// <summary>Runs all days and returns the journal.</summary>
    public Journal Run()
    {
        var counts = plan.Counts;
        DateOnly first = LedgerOptions.FirstDay,
            open = first.AddDays(14),
            last = Journal.Today;
        var orders = new Schedule(random, counts.Orders - purchases.OpeningOrders, open, last);
        var kits = new Schedule(random, counts.Kits, open, last.AddDays(-12));
        var shipments = new Schedule(random, counts.Shipments, open, last.AddDays(-4));
        var invoices = new Schedule(random, counts.Invoices, open.AddDays(7), last);
        var adjustments = new Schedule(random, counts.Adjustments, open.AddDays(30), last.AddDays(-9));
        var others = new Schedule(random, BillSimulation.PlainBills(counts) - bills.Hauls, first, last);
        var hauls = new Schedule(random, bills.Hauls, new(2026, 10, 2), new(2026, 11, 15));
        var before = Journal.Bills.Count;
        purchases.Open(first);
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            var now = day;
            purchases.Receive(now);
            moves.Arrive(now);
            BringIn(now);
            orders.Run(now, () => purchases.Order(now));
            kits.Run(now, () => moves.Assemble(now));
            shipments.Run(now, () => moves.Ship(now));
            invoices.Run(now, () => sales.Sell(now));
            adjustments.Run(now, () => moves.Adjust(now));
            others.Run(now, () => bills.Add(now));
            hauls.Run(now, () => bills.AddHaul(now));
            bills.Send(now);
        }

        bills.Complete(before);

        return Journal;
    }

    /// <summary>Returns the next free id of a kind. Counted here, as a sorted dictionary finds its last key by walking
    /// through all.</summary>
    public int NextId(DocumentKind kind) => ids[kind]++;

    public void Put(Document document) => Journal = Journal.Put(document);

    /// <summary>Asks for a bill for a document some days later.</summary>
    public void BillLater(DocumentKey document, DateOnly day, decimal value, bool isForKits = false) =>
        bills.Plan(document, day, value, isForKits);

    /// <summary>Whether only the examples' documents may move stock of a market on a day.</summary>
    public bool IsQuiet(string market, DateOnly day) =>
        plan.Quiet.Contains(market) && day >= new DateOnly(2026, 10, 1) && day <= LedgerOptions.ExampleDay;

    // Items of the examples join with what the examples have left of them, and get what is ordered for them.
    private void BringIn(DateOnly day)
    {
        foreach (var item in plan.Items.Where(item => item.From > LedgerOptions.FirstDay && item.From <= day))
        {
            var movements = Movements.Of(Journal, plan.Company.Id).Where(movement => movement.ItemId == item.Item.Id);
            var isNew = item.From == day;
            if (isNew)
            {
                foreach (var movement in movements.Where(movement => movement.Day < day))
                {
                    stock.Add(movement.ItemId, movement.WarehouseId, movement.Units);
                }
            }

            if (day == new DateOnly(2026, 11, 20) && item.Item.Id == 7401)
            {
                stock.Add(7401, 31, 500);
            }
        }
    }
}
