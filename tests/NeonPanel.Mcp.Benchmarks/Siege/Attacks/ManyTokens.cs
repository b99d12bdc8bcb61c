using System.Globalization;
using NeonPanel.Mcp.Benchmarks.Endurance;

namespace NeonPanel.Mcp.Benchmarks.Siege.Attacks;

/// <summary>Valid tokens of ever new users: nothing that is kept for a user may grow without bound.</summary>
internal sealed class ManyTokens : Attack
{
    public override string Name => "many-tokens";

    public override string Findings => "21";

    public override Task RunAsync(Battlefield field, CancellationToken end) =>
        field.Attacker.FloodAsync(
            8,
            field.Of(1000, 10_000),
            number =>
                Attacker.Post(
                    McpPost.Call(number, "bills_list", $$"""{"companyUuid":"{{Order.CompanyName}}"}"""),
                    field.Token(number.ToString(CultureInfo.InvariantCulture))
                ),
            end
        );
}
