using System.Globalization;
using System.Text;

namespace NeonPanel.Mcp.Benchmarks.Siege.Attacks;

/// <summary>Addresses of one IPv6 network: whoever has one address has all of its /64, so the limit must be of the
/// /64.</summary>
internal sealed class ManyAddresses : Attack
{
    private const int Limit = 600;

    public override string Name => "many-addresses";

    public override string Findings => "19";

    public override Task RunAsync(Battlefield field, CancellationToken end)
    {
        var body = Encoding.UTF8.GetBytes("""{"jsonrpc":"2.0","id":1,"method":"ping"}""");
        return field.Attacker.FloodAsync(
            16,
            3000,
            number =>
                Attacker.Post(body, from: string.Create(CultureInfo.InvariantCulture, $"2001:db8:1:2::{number:x}")),
            CancellationToken.None
        );
    }

    public override IEnumerable<string> Faults(Battlefield field)
    {
        if (field.Attacker.Count("200") > Limit + 300)
        {
            yield return $"{field.Attacker.Count("200")} requests of one /64 were answered; the limit is {Limit} a minute";
        }
    }
}
