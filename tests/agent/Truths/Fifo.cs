using NeonPanel.Mcp.Ledger;
using NeonPanel.Mcp.Ledger.Records;

namespace NeonPanel.Mcp.Agent.Truths;

/// <summary>FIFO costs by a computation of its own: a queue of single units, each with its price in cents.</summary>
/// <remarks> It follows the rules of docs/sandbox.md and shares no code with the sandbox's figures. Generated books
/// have no returns and no sales beyond the stock; both stop the computation rather than be guessed. </remarks>
internal sealed class Fifo
{
    private readonly Journal journal;
    private readonly BillParts bills;
    private readonly Dictionary<(int Item, int Warehouse), Queue<Unit>> stock = [];
    private readonly Dictionary<(int Shipment, int Line), List<Unit>> underWay = [];
    private readonly Dictionary<(int Order, int Line), List<Unit>> partsOfKits = [];
    private readonly Dictionary<DocumentKey, IReadOnlyList<IReadOnlyList<CostPart>>> billed = [];
    private readonly Dictionary<(int Order, int Line), IReadOnlyList<CostPart>> received = [];
    private readonly List<Sold> sold = [];
    private int lots;

    private Fifo(Journal journal, Company company)
    {
        this.journal = journal;
        bills = new(journal, company);
    }

    /// <summary>Gets the lines of invoices that sold an item, with their costs.</summary>
    public IReadOnlyList<Sold> Sales => sold;

    /// <summary>Gets the cost of all units in the warehouses.</summary>
    public decimal StockValue => stock.Values.SelectMany(units => units).Sum(unit => unit.Cost);

    /// <summary>Computes the costs of a company up to the end of a day, or up to today.</summary>
    public static Fifo Of(Journal journal, string company, DateOnly? until = null)
    {
        var known = Known.Company(journal, company);
        var fifo = new Fifo(journal, known);
        foreach (var movement in Movements.Of(journal, known.Id).Where(one => one.Day <= (until ?? journal.Today)))
        {
            fifo.Apply(movement);
        }

        return fifo;
    }

    /// <summary>Cost of the unit of an item that leaves a warehouse next.</summary>
    public decimal NextCost(Item item, Warehouse warehouse) => stock[(item.Id, warehouse.Id)].Peek().Cost;

    /// <summary>Units of an item in a warehouse by the document that brought them into the company, the oldest
    /// first.</summary>
    public IReadOnlyList<(DocumentKey Batch, int Units)> BatchesIn(Item item, Warehouse warehouse) =>
        [
            .. stock[(item.Id, warehouse.Id)]
                // The first part of a cost is the price of the goods.
                .GroupBy(unit => unit.Parts[0].Source)
                .Select(group => (group.Key, group.Count())),
        ];

    /// <summary>Returns the cost of the goods of an order's line, part by part.</summary>
    public IReadOnlyList<CostPart> PartsOf(InventoryOrder order, int line) => received[(order.Id, line)];

    private void Apply(Movement movement)
    {
        var key = (movement.Document.Id, movement.Line);
        switch (movement.Kind)
        {
            case MovementKind.Receipt:
                Receive(movement);
                break;
            case MovementKind.Found:
                var found = journal.Adjustments[key.Id].Lines[key.Line];
                Put(movement, [new("Adjustment", movement.Document, -found.Amount)], movement.Units);
                break;
            case MovementKind.Part:
                partsOfKits[key] = [.. partsOfKits.GetValueOrDefault(key, []), .. Take(movement)];
                break;
            case MovementKind.Kit:
                Assemble(movement);
                break;
            case MovementKind.Departure:
                underWay[key] = [.. Lots(Take(movement)).SelectMany(lot => NewLot(Sum(lot), lot.Count))];
                break;
            case MovementKind.Arrival or MovementKind.SameDayArrival:
                Arrive(movement);
                break;
            case MovementKind.Sale:
                var cost = Take(movement).Sum(unit => unit.Cost);
                sold.Add(new(journal.Invoices[key.Id], key.Line, movement.ItemId, cost));
                break;
            case MovementKind.WriteOff:
                Take(movement);
                break;
            default:
                throw new NotSupportedException($"There is no rule for {movement.Kind}.");
        }
    }

    private void Receive(Movement movement)
    {
        var order = journal.InventoryOrders[movement.Document.Id];
        var line = order.Lines[movement.Line];
        var extra = Billed(movement.Document, () =>
            [.. order.Lines.Select(other => Cents.Round(other.Quantity * other.Price))]
        );
        List<CostPart> parts =
        [
            new("Vendor Price", movement.Document, Cents.Round(line.Quantity * line.Price)),
            .. extra[movement.Line],
        ];
        received[(order.Id, movement.Line)] = parts;
        Put(movement, parts, movement.Units);
    }

    private void Assemble(Movement movement)
    {
        var lines = journal.AssemblyOrders[movement.Document.Id].Lines.Count;
        var extra = Billed(movement.Document, () =>
            [.. Enumerable.Range(0, lines).Select(line => PartsOfKit(movement, line).Sum(unit => unit.Cost))]
        );
        Put(movement, [.. Sum(PartsOfKit(movement, movement.Line)), .. extra[movement.Line]], movement.Units);
    }

    private void Arrive(Movement movement)
    {
        var lines = journal.Shipments[movement.Document.Id].Lines.Count;
        var extra = Billed(movement.Document, () =>
            [.. Enumerable.Range(0, lines).Select(line => UnderWay(movement, line).Sum(unit => unit.Cost))]
        );
        var arrived = Lots(UnderWay(movement, movement.Line).Take(movement.Units)).ToList();
        var values = arrived.Select(lot => lot.Sum(unit => unit.Cost)).ToList();
        var divided = extra[movement.Line].Select(part => (part, Amounts: Cents.Divide(part.Amount, values))).ToList();
        for (var at = 0; at < arrived.Count; at++)
        {
            var parts = Sum(arrived[at]).Concat(divided.Select(pair => pair.part with { Amount = pair.Amounts[at] }));
            Put(movement, [.. parts], arrived[at].Count);
        }
    }

    private List<Unit> PartsOfKit(Movement movement, int line) =>
        partsOfKits.GetValueOrDefault((movement.Document.Id, line), []);

    private List<Unit> UnderWay(Movement movement, int line) =>
        underWay.GetValueOrDefault((movement.Document.Id, line), []);

    private IReadOnlyList<IReadOnlyList<CostPart>> Billed(DocumentKey document, Func<IReadOnlyList<decimal>> values)
    {
        if (!billed.TryGetValue(document, out var known))
        {
            known = billed[document] = bills.Of(document, values());
        }

        return known;
    }

    private void Put(Movement movement, IReadOnlyList<CostPart> parts, int units)
    {
        var place = (movement.ItemId, movement.WarehouseId);
        stock.TryAdd(place, new());
        NewLot(parts, units).ForEach(stock[place].Enqueue);
    }

    private List<Unit> Take(Movement movement)
    {
        var queue = stock[(movement.ItemId, movement.WarehouseId)];
        return [.. Enumerable.Range(0, -movement.Units).Select(_ => queue.Dequeue())];
    }

    // The first n units of a lot have n / count of each part, to the cent.
    private List<Unit> NewLot(IReadOnlyList<CostPart> parts, int count)
    {
        var lot = ++lots;
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(at => new Unit(
                    lot,
                    [
                        .. parts.Select(part =>
                            part with
                            {
                                Amount =
                                    Cents.Round(part.Amount * (at + 1) / count) - Cents.Round(part.Amount * at / count),
                            }
                        ),
                    ]
                )),
        ];
    }

    private static IEnumerable<List<Unit>> Lots(IEnumerable<Unit> units) =>
        units.GroupBy(unit => unit.Lot).Select(group => group.ToList());

    private static List<CostPart> Sum(IEnumerable<Unit> units) =>
        [
            .. units
                .SelectMany(unit => unit.Parts)
                .GroupBy(part => (part.Type, part.Source))
                .Select(group => new CostPart(group.Key.Type, group.Key.Source, group.Sum(part => part.Amount))),
        ];

    private sealed record Unit(int Lot, IReadOnlyList<CostPart> Parts)
    {
        public decimal Cost { get; } = Parts.Sum(part => part.Amount);
    }
}

/// <summary>A part of a cost: the vendor's price, or the service of a bill.</summary>
internal sealed record CostPart(string Type, DocumentKey Source, decimal Amount);

/// <summary>A line of an invoice that sold an item.</summary>
internal sealed record Sold(Invoice Invoice, int Line, int ItemId, decimal Cost)
{
    public decimal Revenue => Invoice.Lines[Line].Amount;
}
