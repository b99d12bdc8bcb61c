using System.Globalization;
using Microsoft.AspNetCore.Http;
using NeonPanel.Mcp.Benchmarks.Endurance;

namespace NeonPanel.Mcp.Benchmarks.Siege.Attacks;

/// <summary>Users whose companies have names of 5,600 characters: the names that are kept must be bounded by their
/// text.</summary>
internal sealed class BigNames : Attack
{
    private const int Pages = 20;

    // Each page just below 1 MiB.
    private readonly Lazy<string> rows = new(() =>
        string.Join(
            ',',
            Enumerable
                .Range(0, 180)
                .Select(number =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $$"""{"id":{{number}},"uuid":"{{Guid.NewGuid()}}","name":"{{new string('n', 5600)}}{{number}}"}"""
                    )
                )
        )
    );

    public override string Name => "big-names";

    public override string Findings => "20";

    public override Task RunAsync(Battlefield field, CancellationToken end) =>
        field.Attacker.FloodAsync(
            4,
            field.Of(8, 40),
            number =>
                Attacker.Post(
                    McpPost.Call(number, "bills_list", """{"companyUuid":"x"}"""),
                    field.Token(number.ToString(CultureInfo.InvariantCulture))
                ),
            CancellationToken.None
        );

    public override Task AnswerAsync(HttpContext context, string subject)
    {
        var page = context.Request.Query["page"].ToString() is { Length: > 0 } text ? text : "1";
        return SiegeApi.WriteAsync(
            context,
            $$"""{"current_page":{{page}},"last_page":{{Pages}},"data":[{{rows.Value}}]}"""
        );
    }
}
