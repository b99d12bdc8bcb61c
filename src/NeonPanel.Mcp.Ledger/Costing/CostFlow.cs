namespace NeonPanel.Mcp.Ledger;

/// <summary>Moves costs along with the units, movement by movement: first in, first out.</summary>
internal sealed class CostFlow(Journal journal, int companyId)
{
    private readonly BillShares bills = new(journal, companyId);
    private readonly Dictionary<(int Item, int Warehouse), CostLayers> stock = [];
    private readonly Dictionary<(int Item, int Warehouse), Queue<Shortage>> shortages = [];
    private readonly Dictionary<(DocumentKey Document, int Line), CostLayers> underWay = [];
    private readonly Dictionary<(DocumentKey Document, int Line), List<CostedUnits>> parts = [];
    private readonly Dictionary<(int Item, int Warehouse), CostedUnits> lastSold = [];
    private readonly Dictionary<DocumentKey, IReadOnlyList<IReadOnlyList<CostShare>>> shares = [];
    private readonly List<Entry> entries = [];
    private readonly List<Consumption> consumptions = [];

    public void Apply(Movement movement)
    {
        switch (movement.Kind)
        {
            case MovementKind.Receipt:
                Enter(movement, Received(movement));
                break;
            case MovementKind.Found:
                Enter(movement, Found(movement));
                break;
            case MovementKind.Return:
                TakeBack(movement);
                break;
            case MovementKind.Part:
                parts.TryAdd((movement.Document, movement.Line), []);
                parts[(movement.Document, movement.Line)].AddRange(Leave(movement, ConsumptionKind.Unassigned));
                break;
            case MovementKind.Kit:
                Enter(movement, Kits(movement));
                break;
            case MovementKind.Departure:
                Depart(movement);
                break;
            case MovementKind.Arrival or MovementKind.SameDayArrival:
                Arrive(movement);
                break;
            case MovementKind.Sale:
                Consume(movement, ConsumptionKind.Sale);
                break;
            default:
                Consume(movement, ConsumptionKind.WriteOff);
                break;
        }
    }

    public Costs Result() =>
        new(
            [.. entries.OrderBy(entry => entry.Day)],
            [.. consumptions.OrderBy(consumption => consumption.Day)],
            stock
                .Select(pair => (pair.Key, Left: (IReadOnlyList<CostedUnits>)[.. pair.Value.Rest]))
                .Where(pair => pair.Left.Count > 0)
                .ToDictionary(pair => pair.Key, pair => pair.Left)
        );

    private CostedUnits Received(Movement movement)
    {
        var order = journal.InventoryOrders[movement.Document.Id];
        var billed = SharesOf(movement.Document, () => [.. order.Lines.Select(line => line.Amount)]);
        var price = new CostShare("Vendor Price", movement.Document, order.Lines[movement.Line].Amount);
        return new(movement.Document, movement.Units, [price, .. billed[movement.Line]]);
    }

    private CostedUnits Found(Movement movement)
    {
        var line = journal.Adjustments[movement.Document.Id].Lines[movement.Line];
        return new(movement.Document, movement.Units, [new("Adjustment", movement.Document, -line.Amount)]);
    }

    private CostedUnits Kits(Movement movement)
    {
        var key = (movement.Document, movement.Line);
        var used = parts.GetValueOrDefault(key, []).SelectMany(units => units.Costs);
        // The lines of a kit order are valued by their parts, which have all left before the first kit enters.
        var lines = journal.AssemblyOrders[movement.Document.Id].Lines.Count;
        var billed = SharesOf(movement.Document, () =>
            [
                .. Enumerable
                    .Range(0, lines)
                    .Select(line => parts.GetValueOrDefault((movement.Document, line), []).Sum(units => units.Amount)),
            ]
        );
        return new(movement.Document, movement.Units, Merge(used.Concat(billed[movement.Line])));
    }

    private void Depart(Movement movement)
    {
        var layers = new CostLayers();
        var taken = Leave(movement, ConsumptionKind.Unassigned);
        taken.ForEach(layers.Add);
        if (-movement.Units - taken.Sum(units => units.Units) is > 0 and var uncosted)
        {
            layers.Add(new(movement.Document, uncosted, []));
        }

        underWay[(movement.Document, movement.Line)] = layers;
        var shipment = journal.Shipments[movement.Document.Id];
        if (shipment.Arrived is { } arrived && shipment.Lines[movement.Line].Received == 0)
        {
            Lose(movement with { Day = arrived });
        }
    }

    private void Arrive(Movement movement)
    {
        var shipment = journal.Shipments[movement.Document.Id];
        // Units that are lost bear no freight: those that arrive do.
        var billed = SharesOf(movement.Document, () =>
            [.. shipment.Lines.Select((line, at) => line.Received == 0 ? 0 : ValueUnderWay(movement.Document, at))]
        );
        var arrived = underWay[(movement.Document, movement.Line)].Take(movement.Units, out var more);
        var weights = arrived.Select(units => units.Amount).ToList();
        var extra = billed[movement.Line]
            .Select(share => (share, Amounts: weights.Count == 0 ? [] : Money.Divide(share.Amount, weights)))
            .ToList();
        for (var at = 0; at < arrived.Count; at++)
        {
            var costs = arrived[at].Costs.Concat(extra.Select(pair => pair.share with { Amount = pair.Amounts[at] }));
            Enter(movement, arrived[at] with { Costs = Merge(costs) });
        }

        if (more > 0)
        {
            Enter(movement, new(movement.Document, more, []));
        }

        Lose(movement);
    }

    private void Lose(Movement movement)
    {
        var lost = underWay[(movement.Document, movement.Line)].Take(int.MaxValue, out _);
        if (lost.Count > 0)
        {
            consumptions.Add(
                new(
                    movement.Day,
                    ConsumptionKind.Lost,
                    movement.Document,
                    movement.Line,
                    movement.ItemId,
                    movement.WarehouseId,
                    lost
                )
            );
        }
    }

    private void Consume(Movement movement, ConsumptionKind kind)
    {
        var taken = Leave(movement, kind);
        var uncosted = -movement.Units - taken.Sum(units => units.Units);
        consumptions.Add(
            new(
                movement.Day,
                kind,
                movement.Document,
                movement.Line,
                movement.ItemId,
                movement.WarehouseId,
                taken,
                uncosted
            )
        );
        if (taken.Count > 0)
        {
            lastSold[(movement.ItemId, movement.WarehouseId)] = taken[^1];
        }
    }

    // Units that come back have the cost of those that left the warehouse last.
    private void TakeBack(Movement movement)
    {
        var before = lastSold.GetValueOrDefault((movement.ItemId, movement.WarehouseId), new(movement.Document, 1, []));
        var costs = before
            .Costs.Select(cost => cost with { Amount = Money.Round(cost.Amount * movement.Units / before.Units) })
            .ToList();
        var back = new CostedUnits(before.Batch, movement.Units, costs);
        var negative = new CostedUnits(
            before.Batch,
            -movement.Units,
            [.. costs.Select(cost => cost with { Amount = -cost.Amount })]
        );
        consumptions.Add(
            new(
                movement.Day,
                ConsumptionKind.Sale,
                movement.Document,
                movement.Line,
                movement.ItemId,
                movement.WarehouseId,
                [negative]
            )
        );
        Enter(movement, back);
    }

    private void Enter(Movement movement, CostedUnits units)
    {
        entries.Add(new(movement.Day, movement.ItemId, movement.WarehouseId, movement.Document, units));
        var place = (movement.ItemId, movement.WarehouseId);
        var layers = LayersOf(place);
        layers.Add(units);
        var waiting = shortages.GetValueOrDefault(place);
        while (waiting is not null && waiting.TryPeek(out var shortage))
        {
            var taken = layers.Take(shortage.Units, out var missing);
            var original = shortage.Movement;
            if (taken.Count > 0)
            {
                // The cost was unknown when the units left; it is the cost of the units that replace them.
                consumptions.Add(
                    new(
                        original.Day,
                        shortage.Kind,
                        original.Document,
                        original.Line,
                        original.ItemId,
                        original.WarehouseId,
                        taken,
                        missing - shortage.Units
                    )
                );
            }

            waiting.Dequeue();
            if (missing > 0)
            {
                var left = new Queue<Shortage>([shortage with { Units = missing }, .. waiting]);
                shortages[place] = left;
                return;
            }
        }
    }

    private List<CostedUnits> Leave(Movement movement, ConsumptionKind kind)
    {
        var place = (movement.ItemId, movement.WarehouseId);
        var taken = LayersOf(place).Take(-movement.Units, out var missing);
        if (missing > 0)
        {
            shortages.TryAdd(place, new());
            shortages[place].Enqueue(new(movement, kind, missing));
        }

        return taken;
    }

    private CostLayers LayersOf((int Item, int Warehouse) place)
    {
        if (!stock.TryGetValue(place, out var layers))
        {
            layers = stock[place] = new();
        }

        return layers;
    }

    private decimal ValueUnderWay(DocumentKey document, int line) =>
        underWay.TryGetValue((document, line), out var layers) ? layers.Rest.Sum(units => units.Amount) : 0;

    private IReadOnlyList<IReadOnlyList<CostShare>> SharesOf(DocumentKey document, Func<IReadOnlyList<decimal>> values)
    {
        if (!shares.TryGetValue(document, out var result))
        {
            result = shares[document] = bills.Of(document, values());
        }

        return result;
    }

    private static List<CostShare> Merge(IEnumerable<CostShare> costs) =>
        [
            .. costs
                .GroupBy(cost => (cost.Type, cost.Source))
                .Select(group => new CostShare(group.Key.Type, group.Key.Source, group.Sum(cost => cost.Amount))),
        ];

    /// <summary>Units that a warehouse did not have when they left it.</summary>
    private sealed record Shortage(Movement Movement, ConsumptionKind Kind, int Units);
}
