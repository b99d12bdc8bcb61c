namespace NeonPanel.Mcp.Benchmarks.Siege.Attacks;

/// <summary>The catalogue's search with a hundred words, as often as one address may ask.</summary>
internal sealed class DocsSearch : Attack
{
    public override string Name => "docs-search";

    public override string Findings => "4";

    public override Task RunAsync(Battlefield field, CancellationToken end)
    {
        var path = "/docs?q=" + string.Join('+', Enumerable.Repeat("a", 100));
        return field.Attacker.FloodAsync(8, 600, _ => Attacker.Get(path, from: "203.0.113.4"), end);
    }
}
