namespace NeonPanel.Mcp.Ledger;

/// <summary>Units of a batch in one place, of which the oldest leave first.</summary>
internal sealed class CostLayer(CostedUnits units)
{
    private int taken;

    public int Remaining => units.Units - taken;

    /// <summary>The units that are still here.</summary>
    public CostedUnits Rest => Between(taken, units.Units);

    public CostedUnits Take(int count)
    {
        var part = Between(taken, taken + count);
        taken += count;
        return part;
    }

    private CostedUnits Between(int from, int to) =>
        new(
            units.Batch,
            to - from,
            [.. units.Costs.Select(cost => cost with { Amount = Money.Part(cost.Amount, units.Units, from, to) })]
        );
}

/// <summary>The layers of one item in one place, oldest first (FIFO).</summary>
internal sealed class CostLayers
{
    private readonly Queue<CostLayer> layers = new();

    public IEnumerable<CostedUnits> Rest => layers.Select(layer => layer.Rest);

    public void Add(CostedUnits units) => layers.Enqueue(new(units));

    /// <summary>Takes the oldest units.</summary>
    /// <param name="missing">Units that are not here.</param>
    public List<CostedUnits> Take(int count, out int missing)
    {
        var result = new List<CostedUnits>();
        while (count > 0 && layers.TryPeek(out var layer))
        {
            var now = Math.Min(count, layer.Remaining);
            result.Add(layer.Take(now));
            count -= now;
            if (layer.Remaining == 0)
            {
                layers.Dequeue();
            }
        }

        missing = count;
        return result;
    }
}
