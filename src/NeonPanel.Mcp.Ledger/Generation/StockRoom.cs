namespace NeonPanel.Mcp.Ledger.Generation;

/// <summary>Units on hand during the simulation, so that nothing is sold that is not there.</summary>
internal sealed class StockRoom
{
    private readonly Dictionary<(int Item, int Warehouse), int> units = [];

    public int this[int item, int warehouse]
    {
        get => units.GetValueOrDefault((item, warehouse));
        set => units[(item, warehouse)] = value;
    }

    public void Add(int item, int warehouse, int count) => this[item, warehouse] += count;
}
