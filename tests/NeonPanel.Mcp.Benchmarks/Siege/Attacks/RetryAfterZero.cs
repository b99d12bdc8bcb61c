using Microsoft.AspNetCore.Http;
using NeonPanel.Mcp.Benchmarks.Endurance;

namespace NeonPanel.Mcp.Benchmarks.Siege.Attacks;

/// <summary>The API answers 202 and asks to be called again at once: a waiting call must not become a busy
/// loop.</summary>
internal sealed class RetryAfterZero : Attack
{
    private const int Calls = 4;

    public override string Name => "retry-after-zero";

    public override string Findings => "5";

    public override Task RunAsync(Battlefield field, CancellationToken end)
    {
        var token = field.Token();
        return Task.WhenAll(
            Enumerable
                .Range(0, Calls)
                .Select(number =>
                    field.Attacker.SendAsync(
                        Attacker.Post(
                            McpPost.Call(
                                number,
                                "checkImportStatus",
                                $$"""{"companyUuid":"{{Order.Company}}","type":"bill","requestId":"{{Order.Company}}","wait_seconds":20}"""
                            ),
                            token
                        ),
                        field.Length
                    )
                )
        );
    }

    public override Task AnswerAsync(HttpContext context, string subject)
    {
        context.Response.Headers.RetryAfter = Environment.TickCount % 2 == 0 ? "0" : "Thu, 01 Jan 2015 00:00:00 GMT";
        return SiegeApi.WriteAsync(context, """{"status":"processing"}""", StatusCodes.Status202Accepted);
    }

    // One a second, and 20 in all for one call.
    public override IEnumerable<string> Faults(Battlefield field)
    {
        var most = Calls * Math.Min(21, (int)field.Length.TotalSeconds + 2);
        if (field.Api.AttackerRequests > most)
        {
            yield return $"{field.Api.AttackerRequests} requests to the API by {Calls} calls, more than {most}";
        }
    }
}
