using System.Text;

namespace NeonPanel.Mcp.Benchmarks.Siege.Attacks;

/// <summary>Bodies of 1 MB that are hard to parse, sent by an address or a user whose limit is used up: the answer 429
/// must cost nothing.</summary>
internal sealed class BodiesOverTheLimit(bool hasToken) : Attack
{
    /// <summary>More than a minute's places, and those that come back meanwhile.</summary>
    private const int Limit = 800;

    public override string Name => hasToken ? "user-bodies" : "anonymous-bodies";

    public override string Findings => "7";

    public override async Task RunAsync(Battlefield field, CancellationToken end)
    {
        var token = hasToken ? field.Token() : null;
        const string from = "203.0.113.7";
        // Uses up the limit first.
        var small = Encoding.UTF8.GetBytes(
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"no_such_tool"}}"""
        );
        await field.Attacker.FloodAsync(16, Limit, _ => Attacker.Post(small, token, from), CancellationToken.None);
        var large = Encoding.UTF8.GetBytes(
            $$"""{"jsonrpc":"2.0","id":1,"method":"tools/list","x":[{{string.Join(',', Enumerable.Repeat("{}", 340_000))}}]}"""
        );
        using var longer = new CancellationTokenSource(field.Length);
        await field.Attacker.FloodAsync(16, field.Of(100, 500), _ => Attacker.Post(large, token, from), longer.Token);
    }
}
