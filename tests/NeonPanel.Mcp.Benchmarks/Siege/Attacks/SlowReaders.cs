namespace NeonPanel.Mcp.Benchmarks.Siege.Attacks;

/// <summary>Clients that ask for large answers and do not read them.</summary>
internal sealed class SlowReaders(bool pipelines) : Attack
{
    /// <summary>All of them must be closed by then.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const int Pipelined = 200;

    private int before;
    private int after;

    public override string Name => pipelines ? "pipelined-lists" : "slow-readers";

    public override string Findings => pipelines ? "8, 23" : "8";

    public override async Task RunAsync(Battlefield field, CancellationToken end)
    {
        before = field.Server.Measure().Handles;
        var readers = pipelines ? field.Of(10, 40) : field.Of(150, 590);
        var sockets = await Task.WhenAll(
            Enumerable
                .Range(0, readers)
                .Select(number => field.Attacker.ConnectAsync(pipelines ? Lists(field, number) : Document(field)))
        );
        // The short form sees whether they do harm; that they are closed takes the long one.
        await Task.Delay(field.IsShort ? field.Length : Patience, CancellationToken.None);
        after = field.Server.Measure().Handles;
        foreach (var socket in sockets)
        {
            socket?.Dispose();
        }
    }

    public override IEnumerable<string> Faults(Battlefield field)
    {
        if (!field.IsShort && after > before + 40)
        {
            yield return $"{after - before} connections were open after {Patience.TotalSeconds} s";
        }
    }

    private static string Document(Battlefield field) =>
        $"GET /openapi.json HTTP/1.1\r\nHost: {field.Address.Authority}\r\nX-Forwarded-For: 203.0.113.8\r\n\r\n";

    // Each reader is a user of its own, so that the limits of one user do not help.
    private static string Lists(Battlefield field, int number)
    {
        const string body = """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""";
        var list =
            $"POST /mcp HTTP/1.1\r\nHost: {field.Address.Authority}\r\nAuthorization: Bearer {field.Token($"reader-{number}")}\r\n"
            + "Accept: application/json, text/event-stream\r\nContent-Type: application/json\r\n"
            + $"Content-Length: {body.Length}\r\n\r\n{body}";
        return string.Concat(Enumerable.Repeat(list, Pipelined));
    }
}
