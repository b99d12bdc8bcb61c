using Microsoft.AspNetCore.Http;
using NeonPanel.Mcp.Benchmarks.Endurance;

namespace NeonPanel.Mcp.Benchmarks.Siege.Attacks;

/// <summary>One user takes all places that a user has, with calls that the API does not answer.</summary>
internal sealed class StalledApi : Attack
{
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(20);

    public override string Name => "stalled-api";

    public override string Findings => "3";

    public override Task RunAsync(Battlefield field, CancellationToken end)
    {
        var token = field.Token();
        return Task.WhenAll(
            Enumerable
                .Range(0, field.Of(60, 300))
                .Select(async number =>
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(number * 10), CancellationToken.None);
                    await field.Attacker.SendAsync(
                        Attacker.Post(
                            McpPost.Call(number, "bills_list", $$"""{"companyUuid":"{{Order.Company}}"}"""),
                            token
                        ),
                        field.Length
                    );
                })
        );
    }

    public override Task AnswerAsync(HttpContext context, string subject) => Task.Delay(Stall, context.RequestAborted);
}
