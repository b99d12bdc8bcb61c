using System.Globalization;
using Microsoft.IdentityModel.Tokens;

namespace NeonPanel.Mcp.Benchmarks.Siege.Attacks;

/// <summary>Tokens that name a key which the issuer does not have, a new one each time.</summary>
internal sealed class UnknownKeys : Attack
{
    private int fetches;

    public override string Name => "unknown-keys";

    public override string Findings => "9";

    public override async Task RunAsync(Battlefield field, CancellationToken end)
    {
        var before = field.Issuer.Fetches;
        var rest = field.Token()[field.Token().IndexOf('.', StringComparison.Ordinal)..];
        await field.Attacker.FloodAsync(
            16,
            field.Of(1000, 5000),
            number =>
                Attacker.Post(
                    """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""",
                    Header(number) + rest,
                    from: string.Create(CultureInfo.InvariantCulture, $"198.51.100.{number % 200}")
                ),
            end
        );
        fetches = field.Issuer.Fetches - before;
    }

    public override IEnumerable<string> Faults(Battlefield field)
    {
        if (fetches > 1 + field.Length.TotalSeconds)
        {
            yield return $"{fetches} fetches of keys";
        }
    }

    private static string Header(int number) =>
        Base64UrlEncoder.Encode(
            string.Create(CultureInfo.InvariantCulture, $$"""{"alg":"RS256","kid":"key-{{number}}","typ":"JWT"}""")
        );
}
