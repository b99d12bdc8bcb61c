using CsCheck;
using NeonPanel.Mcp.Ledger;
using NeonPanel.Mcp.Ledger.Generation;
using NUnit.Framework;

namespace NeonPanel.Mcp.Sandbox.Tests.Journals;

/// <summary>The rules that hold in every journal. The other side of each comparison is computed from the documents,
/// here, in another way.</summary>
internal sealed class InvariantTests
{
    private const int Runs = 100;

    [Test]
    public void Balances_OnEveryDay_AreWhatTheDocumentsMoved() =>
        RandomJournal.Any.Sample(
            journal =>
            {
                var books = Books.Of(journal);
                foreach (var day in Enumerable.Range(0, 80).Select(day => RandomJournal.First.AddDays(day)))
                {
                    var found = journal.Items.Values.SelectMany(item =>
                        books.BalancesOf(item, day).Select(balance => (item.Id, balance.Warehouse.Id, balance.Balance))
                    );
                    Assert.That(found, Is.EquivalentTo(CountUnits(journal, day)), () => $"{day}");
                }
            },
            iter: Runs
        );

    [Test]
    public void Balances_ByItemAndByWarehouse_AreTheSame() =>
        RandomJournal.Any.Sample(
            journal =>
            {
                var books = Books.Of(journal);
                var day = RandomJournal.First.AddDays(40);
                var byItem = journal.Items.Values.SelectMany(item =>
                    books.BalancesOf(item, day).Select(balance => (item.Id, balance.Warehouse.Id, balance.Balance))
                );
                var byWarehouse = journal.Warehouses.Values.SelectMany(warehouse =>
                    books.BalancesIn(warehouse, day).Select(balance => (balance.Item.Id, warehouse.Id, balance.Balance))
                );
                Assert.That(byWarehouse, Is.EquivalentTo(byItem));
            },
            iter: Runs
        );

    [Test]
    public void LandedCost_OfAnOrder_IsItsLinesAndItsBills() =>
        RandomJournal.Any.Sample(
            journal =>
            {
                var entries = Books.Of(journal).CostsOf(RandomJournal.Company).Entries;
                foreach (var order in journal.InventoryOrders.Values.Where(order => order.Received is not null))
                {
                    var billed = journal
                        .Bills.Values.Where(bill => bill.Documents.Contains(order.Key))
                        .Sum(bill => bill.Lines.Sum(line => line.Quantity * line.Rate));
                    var landed = entries.Where(entry => entry.Document == order.Key).Sum(entry => entry.Units.Amount);
                    Assert.That(landed, Is.EqualTo(order.Lines.Sum(line => line.Amount) + billed), order.RefNumber);
                }
            },
            iter: Runs
        );

    // Nothing is lost and nothing appears: what was paid for is in a warehouse, sold, lost or written off.
    [Test]
    public void Value_WhereNothingIsMissing_IsInStockOrGone() =>
        RandomJournal.Stocked.Sample(
            journal =>
            {
                var costs = Books.Of(journal).CostsOf(RandomJournal.Company);
                Assert.That(costs.Consumptions.Sum(consumption => consumption.Uncosted), Is.Zero);
                var bought = journal.InventoryOrders.Values.Sum(order => order.Amount);
                var found = journal
                    .Adjustments.Values.SelectMany(adjustment => adjustment.Lines)
                    .Where(line => line.Quantity < 0)
                    .Sum(line => -line.Quantity * line.Rate);
                var billed = journal
                    .Bills.Values.Where(bill => bill.Documents.Count > 0 && Reaches(journal, bill.Documents[0]))
                    .Sum(bill => bill.Amount);
                Assert.That(
                    costs.StockValue + costs.Consumptions.Sum(consumption => consumption.Amount),
                    Is.EqualTo(bought + found + billed)
                );
            },
            iter: Runs
        );

    [Test]
    public void Units_InLayers_AreTheBalancesWhereNothingIsMissing() =>
        RandomJournal.Stocked.Sample(
            journal =>
            {
                var layers = Books
                    .Of(journal)
                    .CostsOf(RandomJournal.Company)
                    .Stock.Select(pair =>
                        (pair.Key.ItemId, pair.Key.WarehouseId, pair.Value.Sum(batch => batch.Units))
                    );
                Assert.That(layers, Is.EquivalentTo(CountUnits(journal, journal.Today)));
            },
            iter: Runs
        );

    // Unit by unit, each with its exact share of the cost: first in, first out. Rounding to cents may differ by a cent
    // a part.
    [Test]
    public void Cogs_OfOneWarehouse_AreThoseOfAQueueOfUnits() =>
        RandomJournal.Stocked.Sample(
            journal =>
            {
                journal = journal with
                {
                    Shipments = journal.Shipments.Clear(),
                    AssemblyOrders = journal.AssemblyOrders.Clear(),
                };
                var queues = new Dictionary<(int, int), Queue<decimal>>();
                var expected = 0m;
                foreach (var movement in Movements.Of(journal))
                {
                    var place = (movement.ItemId, movement.WarehouseId);
                    queues.TryAdd(place, new());
                    for (var unit = 0; unit < Math.Abs(movement.Units); unit++)
                    {
                        if (movement.Units > 0)
                        {
                            queues[place].Enqueue(UnitCost(journal, movement));
                        }
                        else if (queues[place].Dequeue() is var cost && movement.Kind == MovementKind.Sale)
                        {
                            expected += cost;
                        }
                    }
                }

                var sales = Books
                    .Of(journal)
                    .CostsOf(RandomJournal.Company)
                    .Consumptions.Where(consumption => consumption.Kind == ConsumptionKind.Sale)
                    .ToList();
                var parts = sales.Sum(sale => sale.Batches.Sum(batch => batch.Costs.Count));
                Assert.That(sales.Sum(sale => sale.Amount), Is.EqualTo(expected).Within(0.01m * (parts + 1)));
            },
            iter: Runs
        );

    [Test]
    public void Cogs_ByItem_AreThoseByInvoice() =>
        RandomJournal.Any.Sample(
            journal =>
            {
                var books = Books.Of(journal);
                var (start, end) = (RandomJournal.First.AddDays(5), RandomJournal.First.AddDays(45));
                var byItem = journal
                    .Items.Values.SelectMany(item => books.ConsumptionsOf(item, start, end))
                    .Where(consumption => consumption.Kind == ConsumptionKind.Sale)
                    .Sum(consumption => consumption.Amount);
                var sales = books.SalesOf(RandomJournal.Company, start, end);
                Assert.That(sales.Sum(sale => sale.Cogs), Is.EqualTo(byItem));
                var lines = journal
                    .Invoices.Values.Where(invoice => invoice.Date >= start && invoice.Date <= end)
                    .SelectMany(invoice => invoice.Lines);
                Assert.That(
                    sales.Sum(sale => sale.Revenue),
                    Is.EqualTo(lines.Where(line => line.ItemId is not null).Sum(line => line.Amount))
                );
            },
            iter: Runs
        );

    [Test]
    public void Units_Consumed_AreThoseOfTheDocuments() =>
        RandomJournal.Any.Sample(
            journal =>
            {
                var sold = journal
                    .Invoices.Values.SelectMany(invoice => invoice.Lines)
                    .Where(line => line.ItemId is not null)
                    .Sum(line => line.Quantity);
                var consumptions = Books.Of(journal).CostsOf(RandomJournal.Company).Consumptions;
                Assert.That(
                    consumptions
                        .Where(consumption => consumption.Kind == ConsumptionKind.Sale)
                        .Sum(consumption => consumption.Units),
                    Is.EqualTo(sold)
                );
            },
            iter: Runs
        );

    [Test]
    public void Payments_OfADocument_AddUpToIt() =>
        RandomJournal.Any.Sample(
            journal =>
            {
                foreach (var document in journal.Documents.OfType<PayableDocument>())
                {
                    Assert.That(
                        journal.PaymentRequestsOf(document.Key).Sum(request => request.AmountDue),
                        Is.EqualTo(document.Amount),
                        $"{document.Key}"
                    );
                }
            },
            iter: Runs
        );

    [Test]
    public void Seed_TheSame_GivesTheSameBytesAndAnotherOthers()
    {
        var options = LedgerOptions.Default with { Seed = 7 };
        var bytes = JournalBytes.Write(JournalGenerator.Create(options));
        Assert.That(JournalBytes.Write(JournalGenerator.Create(options)), Is.EqualTo(bytes));
        Assert.That(JournalBytes.Write(JournalGenerator.Create(options with { Seed = 8 })), Is.Not.EqualTo(bytes));
    }

    [TestCase(1UL)]
    [TestCase(2UL)]
    [TestCase(3UL)]
    public void Generated_FromAnySeed_SellsNothingThatIsNotThere(ulong seed)
    {
        var journal = JournalGenerator.Create(LedgerOptions.Default with { Seed = seed, Today = new(2027, 1, 20) });
        var units = new Dictionary<(int, int), int>();
        foreach (var movement in Movements.Of(journal))
        {
            var place = (movement.ItemId, movement.WarehouseId);
            units[place] = units.GetValueOrDefault(place) + movement.Units;
            Assert.That(units[place], Is.Not.Negative, () => movement.ToString());
        }

        Assert.That(journal.Invoices, Has.Count.InRange(2500, 2600));
        Assert.That(journal.Documents.Max(document => document.Day), Is.LessThanOrEqualTo(journal.Today));
    }

    private static bool Reaches(Journal journal, DocumentKey key) =>
        journal.Find(key) is not Shipment shipment || shipment.Lines.Any(line => line.Received > 0);

    private static decimal UnitCost(Journal journal, Movement movement)
    {
        if (movement.Kind == MovementKind.Found)
        {
            return journal.Adjustments[movement.Document.Id].Lines[movement.Line].Rate;
        }

        var order = journal.InventoryOrders[movement.Document.Id];
        var line = order.Lines[movement.Line];
        var billed = journal.Bills.Values.Where(bill => bill.Documents.Contains(order.Key)).Sum(bill => bill.Amount);
        return line.Price
            + (
                billed
                * (line.Quantity * line.Price)
                / order.Lines.Sum(other => other.Quantity * other.Price)
                / line.Quantity
            );
    }

    // Straight from the documents, without the movements that the library makes of them.
    private static List<(int Item, int Warehouse, int Units)> CountUnits(Journal journal, DateOnly day)
    {
        var units = new Dictionary<(int Item, int Warehouse), int>();
        void Add(int item, int? warehouse, int count) =>
            units[(item, warehouse!.Value)] = units.GetValueOrDefault((item, warehouse.Value)) + count;

        foreach (var order in journal.InventoryOrders.Values.Where(order => order.Received <= day))
        {
            order.Lines.ToList().ForEach(line => Add(line.ItemId, order.WarehouseId, line.Quantity));
        }

        foreach (var shipment in journal.Shipments.Values)
        {
            foreach (var line in shipment.Lines)
            {
                Add(line.ItemId, shipment.OriginWarehouseId, shipment.Sent <= day ? -line.Shipped : 0);
                Add(line.ItemId, shipment.DestinationWarehouseId, shipment.Arrived <= day ? line.Received : 0);
            }
        }

        foreach (var order in journal.AssemblyOrders.Values.Where(order => order.Assembled <= day))
        {
            foreach (var line in order.Lines)
            {
                Add(104, order.WarehouseId, line.Quantity);
                journal
                    .Assemblies[line.AssemblyId]
                    .Components.ToList()
                    .ForEach(part => Add(part.ItemId, order.WarehouseId, -part.Quantity * line.Quantity));
            }
        }

        foreach (var adjustment in journal.Adjustments.Values.Where(adjustment => adjustment.Date <= day))
        {
            adjustment.Lines.ToList().ForEach(line => Add(line.ItemId!.Value, adjustment.WarehouseId, -line.Quantity));
        }

        foreach (var invoice in journal.Invoices.Values.Where(invoice => invoice.Date <= day))
        {
            invoice
                .Lines.Where(line => line.ItemId is not null)
                .ToList()
                .ForEach(line => Add(line.ItemId!.Value, invoice.WarehouseId, -line.Quantity));
        }

        return
        [
            .. units.Where(pair => pair.Value != 0).Select(pair => (pair.Key.Item, pair.Key.Warehouse, pair.Value)),
        ];
    }
}
