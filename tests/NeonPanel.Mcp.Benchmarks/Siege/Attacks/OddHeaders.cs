using System.Globalization;
using System.Text;

namespace NeonPanel.Mcp.Benchmarks.Siege.Attacks;

/// <summary>Headers that are long or malformed, on every kind of address.</summary>
internal sealed class OddHeaders : Attack
{
    private static readonly string[] Paths =
    [
        "/mcp",
        "/sse",
        "/openapi.json",
        "/docs",
        "/.well-known/oauth-protected-resource",
        "/tools.json",
        "/readyz",
    ];

    private static readonly (string Name, string Value)[] Headers =
    [
        ("Accept", new string('a', 16_000)),
        ("Accept", "*/*;q=1e999"),
        ("Accept-Encoding", string.Concat(Enumerable.Repeat("gzip;q=0.5,", 1400))),
        ("If-None-Match", string.Concat(Enumerable.Repeat("\"a\",", 4000))),
        ("X-MCP-Readonly", new string('t', 8000)),
        ("traceparent", new string('0', 9000)),
        ("X-Correlation-Id", new string('c', 9000)),
        ("X-Forwarded-For", string.Concat(Enumerable.Repeat("1.2.3.4,", 1500))),
        ("Mcp-Session-Id", new string('s', 9000)),
        ("MCP-Protocol-Version", new string('9', 9000)),
        ("Cookie", new string('c', 15_000)),
    ];

    public override string Name => "odd-headers";

    public override string Findings => "";

    public override Task RunAsync(Battlefield field, CancellationToken end) =>
        field.Attacker.FloodAsync(8, field.Of(400, 3000), Message, end);

    private static HttpRequestMessage Message(int number)
    {
        var message =
            number % 2 == 0
                ? Attacker.Get(Paths[number % Paths.Length])
                : Attacker.Post(Encoding.UTF8.GetBytes("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}"""));
        var (name, value) = Headers[number % Headers.Length];
        message.Headers.Remove(name);
        message.Headers.TryAddWithoutValidation(name, value);
        if (name != "X-Forwarded-For")
        {
            message.Headers.Add(
                "X-Forwarded-For",
                string.Create(CultureInfo.InvariantCulture, $"192.0.2.{number % 250}")
            );
        }

        return message;
    }
}
