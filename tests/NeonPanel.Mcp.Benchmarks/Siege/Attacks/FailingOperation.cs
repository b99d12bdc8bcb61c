using Microsoft.AspNetCore.Http;
using NeonPanel.Mcp.Benchmarks.Endurance;

namespace NeonPanel.Mcp.Benchmarks.Siege.Attacks;

/// <summary>One user calls an operation that answers 500 to that user alone: calls of others must not pause.</summary>
internal sealed class FailingOperation : Attack
{
    public override string Name => "failing-operation";

    public override string Findings => "3";

    public override Task RunAsync(Battlefield field, CancellationToken end)
    {
        var token = field.Token();
        return field.Attacker.FloodAsync(
            4,
            field.Of(100, 500),
            number =>
                Attacker.Post(
                    McpPost.Call(number, "listInventoryItems", $$"""{"companyUuid":"{{Order.Company}}"}"""),
                    token
                ),
            end
        );
    }

    public override Task AnswerAsync(HttpContext context, string subject) =>
        SiegeApi.WriteAsync(context, """{"message":"boom"}""", StatusCodes.Status500InternalServerError);
}
