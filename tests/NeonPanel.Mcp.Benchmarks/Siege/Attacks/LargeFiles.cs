using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using NeonPanel.Mcp.Benchmarks.Endurance;

namespace NeonPanel.Mcp.Benchmarks.Siege.Attacks;

/// <summary>PDFs of 20 MiB as base64 in messages: several users at once, each of whom does nothing unusual.</summary>
internal sealed class LargeFiles : Attack
{
    private const int FileBytes = 20 * 1024 * 1024;
    private const double MostAbove = 200;

    private double above;
    private int answered;

    public override string Name => "large-files";

    public override string Findings => "2";

    public override async Task RunAsync(Battlefield field, CancellationToken end)
    {
        var before = field.Server.Measure().ResidentMegabytes;
        // Five at once stay 200 MB above the start; the long form goes on with twenty, some of which are told to come
        // back.
        await CallAsync(field, 5);
        above = field.Server.PeakResident() - before;
        answered = field.Attacker.Count("200");
        if (!field.IsShort)
        {
            await CallAsync(field, 20);
        }
    }

    public override Task AnswerAsync(HttpContext context, string subject) =>
        SiegeApi.WriteAsync(context, $$"""{"request_id":"{{Order.Company}}","status":"queued"}""");

    public override IEnumerable<string> Faults(Battlefield field)
    {
        if (above > MostAbove)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"five files at once took {above:f0} MB, more than {MostAbove}"
            );
        }

        if (answered < 5)
        {
            yield return $"{answered} of five files were sent";
        }
    }

    private static Task<string[]> CallAsync(Battlefield field, int users)
    {
        var content = "JVBERi0x" + new string('A', (FileBytes / 3 * 4) - 8);
        var body = Encoding.UTF8.GetBytes(
            McpPost.Call(
                1,
                "createDocumentsByPdf",
                $$$"""{"companyUuid":"{{{Order.Company}}}","type":"bill","file":{"name":"a.pdf","content":"{{{content}}}"} }"""
            )
        );
        return Task.WhenAll(
            Enumerable
                .Range(0, users)
                .Select(number =>
                    field.Attacker.SendAsync(
                        Attacker.Post(body, field.Token(number.ToString(CultureInfo.InvariantCulture)))
                    )
                )
        );
    }
}
