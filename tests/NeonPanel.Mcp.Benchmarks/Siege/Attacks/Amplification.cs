using Microsoft.AspNetCore.Http;
using NeonPanel.Mcp.Benchmarks.Endurance;

namespace NeonPanel.Mcp.Benchmarks.Siege.Attacks;

/// <summary>Calls that each make many requests to the API, as fast as one user may call.</summary>
internal sealed class Amplification : Attack
{
    public override string Name => "search-amplification";

    public override string Findings => "23";

    public override Task RunAsync(Battlefield field, CancellationToken end)
    {
        var token = field.Token();
        return field.Attacker.FloodAsync(
            20,
            field.Of(100, 600),
            number =>
                Attacker.Post(McpPost.Call(number, "search", """{"query":"harbor"}"""), token, path: "/mcp/research"),
            end
        );
    }

    public override async Task AnswerAsync(HttpContext context, string subject)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(20), context.RequestAborted);
        await SiegeApi.AnswerWellAsync(context);
    }
}
