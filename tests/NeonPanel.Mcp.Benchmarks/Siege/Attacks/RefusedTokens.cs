using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace NeonPanel.Mcp.Benchmarks.Siege.Attacks;

/// <summary>Tokens with a header of 11,000 characters, from one address: what is refused for the limit must not be
/// logged.</summary>
internal sealed class RefusedTokens : Attack
{
    public override string Name => "refused-tokens";

    public override string Findings => "6";

    public override Task RunAsync(Battlefield field, CancellationToken end)
    {
        var header = Base64UrlEncoder.Encode($$"""{"alg":"{{new string('x', 11_000)}}","typ":"JWT"}""");
        var token = $"{header}.{Base64UrlEncoder.Encode("""{"sub":"a"}""")}.AAAA";
        var body = Encoding.UTF8.GetBytes("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""");
        return field.Attacker.FloodAsync(
            16,
            field.Of(1200, 3000),
            _ => Attacker.Post(body, token, "203.0.113.6"),
            CancellationToken.None
        );
    }

    public override IEnumerable<string> Faults(Battlefield field)
    {
        // The calls of the honest user are logged too, and the start.
        var most = field.Attacker.Count("401") + 200;
        if (field.Server.LogLines > most)
        {
            yield return $"{field.Server.LogLines} log lines for {field.Attacker.Count("401")} refused tokens";
        }
    }
}
