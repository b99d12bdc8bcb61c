using System.Diagnostics;
using System.Text;
using NeonPanel.Mcp.Benchmarks.Endurance;

namespace NeonPanel.Mcp.Benchmarks.Siege.Attacks;

/// <summary>The issuer's keys cannot be had, and clients go on asking: the server must not make its outage
/// worse.</summary>
internal sealed class IssuerDown(bool hasToken) : Attack
{
    private const double FetchesASecond = 2;

    private double seconds;
    private int fetches;

    public override string Name => hasToken ? "issuer-down-calls" : "issuer-down-readyz";

    public override string Findings => "9";

    public override bool StartsWithoutKeys => true;

    public override async Task RunAsync(Battlefield field, CancellationToken end)
    {
        var (clock, before) = (Stopwatch.StartNew(), field.Issuer.Fetches);
        var (token, body) = (field.Token(), Encoding.UTF8.GetBytes(McpPost.Call(1, "listCompanies", "{}")));
        await field.Attacker.FloodAsync(
            16,
            5000,
            _ => hasToken ? Attacker.Post(body, token, "203.0.113.9") : Attacker.Get("/readyz", from: "203.0.113.9"),
            end
        );
        (seconds, fetches) = (clock.Elapsed.TotalSeconds, field.Issuer.Fetches - before);
    }

    public override IEnumerable<string> Faults(Battlefield field)
    {
        if (fetches > 1 + (FetchesASecond * seconds))
        {
            yield return $"{fetches} fetches of keys in {seconds:f1} s";
        }
    }
}
