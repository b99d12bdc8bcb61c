using NeonPanel.Mcp.Benchmarks.Endurance;

namespace NeonPanel.Mcp.Benchmarks.Siege.Attacks;

/// <summary>Files inside arguments, as large as a request may be, twenty uploads of one user at once.</summary>
internal sealed class InlineFiles : Attack
{
    public override string Name => "inline-files";

    public override string Findings => "2";

    public override Task RunAsync(Battlefield field, CancellationToken end)
    {
        var token = field.Token();
        var content = "JVBERi0x" + new string('A', 1_040_000);
        var body = System.Text.Encoding.UTF8.GetBytes(
            McpPost.Call(
                1,
                "createDocumentsByPdf",
                $$$"""{"companyUuid":"{{{Order.Company}}}","type":"bill","file":{"name":"a.pdf","content":"{{{content}}}"}}"""
            )
        );
        return field.Attacker.FloodAsync(20, field.Of(60, 400), _ => Attacker.Post(body, token), end);
    }
}
