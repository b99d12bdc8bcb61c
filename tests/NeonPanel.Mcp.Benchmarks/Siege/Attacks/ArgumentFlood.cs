using System.Text;

namespace NeonPanel.Mcp.Benchmarks.Siege.Attacks;

/// <summary>Arguments of 1 MiB that are wrong everywhere, twenty calls of one user at once: repairs and their sentences
/// must stay bounded.</summary>
internal sealed class ArgumentFlood(
    string name,
    string tool,
    string before,
    string item,
    string after,
    string findings = "1"
) : Attack
{
    private const int BodyBytes = 1_040_000;
    private const int AtOnce = 20;

    public override string Name => name;

    public override string Findings => findings;

    public override async Task RunAsync(Battlefield field, CancellationToken end)
    {
        var body = Body();
        var token = field.Token();
        await field.Attacker.FloodAsync(AtOnce, field.Of(AtOnce, 20 * AtOnce), _ => Attacker.Post(body, token), end);
    }

    private byte[] Body()
    {
        var text = new StringBuilder("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":""")
            .Append('"')
            .Append(tool)
            .Append("\",\"arguments\":{")
            .Append(before)
            .Append(item);
        for (var number = 0; text.Length < BodyBytes; number++)
        {
            text.Append(',')
                .Append(
                    item.Replace(
                        "#",
                        number.ToString(System.Globalization.CultureInfo.InvariantCulture),
                        StringComparison.Ordinal
                    )
                );
        }

        return Encoding.UTF8.GetBytes(text.Append(after).Append("}}}").ToString());
    }
}
