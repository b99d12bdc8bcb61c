using Microsoft.AspNetCore.Http;
using NeonPanel.Mcp.Benchmarks.Endurance;

namespace NeonPanel.Mcp.Benchmarks.Siege.Attacks;

/// <summary>A second client of the same user, whom the API refuses the list of companies, must not get its names from
/// the first's look-up.</summary>
internal sealed class BorrowedNames : Attack
{
    private const string Secret = "Secret Holding GmbH";

    private string told = "";

    public override string Name => "borrowed-names";

    public override string Findings => "11";

    public override async Task RunAsync(Battlefield field, CancellationToken end)
    {
        var call = McpPost.Call(1, "listWarehouses", """{"companyUuid":"x"}""");
        await field.Attacker.SendAsync(Attacker.Post(call, field.Token(client: "first")));
        told = await field.Attacker.SendAsync(Attacker.Post(call, field.Token(client: "second")));
    }

    public override Task AnswerAsync(HttpContext context, string subject) =>
        SiegeApi.Claim(context, "client_id") == "first"
            ? SiegeApi.WriteAsync(
                context,
                $$"""{"current_page":1,"last_page":1,"data":[{"id":1,"uuid":"{{Order.Company}}","name":"{{Secret}}"}]}"""
            )
            : SiegeApi.WriteAsync(context, """{"message":"Forbidden"}""", StatusCodes.Status403Forbidden);

    public override IEnumerable<string> Faults(Battlefield field)
    {
        if (told.Contains(Secret, StringComparison.Ordinal))
        {
            yield return "the second client was told a name that the API refuses it";
        }
    }
}
