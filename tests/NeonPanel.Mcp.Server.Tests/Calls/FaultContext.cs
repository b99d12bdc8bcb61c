using NeonPanel.Mcp.Server.Tests.Fixtures;

namespace NeonPanel.Mcp.Server.Tests.Calls;

/// <summary>The data that faults share with the test: the clock that must pass the deadline before they end, and a
/// second host.</summary>
internal sealed class FaultContext(ManualClock clock, string elsewhere)
{
    // Longer than any deadline of a call. The clock must not run on while the server is busy closing the connection:
    // the access token of the tests would expire.
    private static readonly TimeSpan PastEveryDeadline = TimeSpan.FromMinutes(5);

    /// <summary>Gets the address of a host that must never be asked.</summary>
    public string Elsewhere => elsewhere;

    /// <summary>Says nothing more: the deadline passes.</summary>
    public Task HangAfterAsync(RawExchange exchange, string start) => WaitAsync(exchange, exchange.SendAsync(start));

    public Task HangAsync(RawExchange exchange) => WaitAsync(exchange, Task.CompletedTask);

    /// <summary>Sends a byte of a long body, and another each second.</summary>
    public async Task DripAsync(RawExchange exchange)
    {
        await exchange.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n[");
        await RepeatAsync(exchange, " ", TimeSpan.FromSeconds(1));
    }

    /// <summary>Sends the same text a hundred times each second.</summary>
    public Task RepeatAsync(RawExchange exchange, string text) =>
        RepeatAsync(exchange, text, TimeSpan.FromSeconds(0.01));

    private async Task RepeatAsync(RawExchange exchange, string text, TimeSpan pause)
    {
        for (var passed = TimeSpan.Zero; passed < PastEveryDeadline; passed += pause)
        {
            await exchange.SendAsync(text);
            clock.Advance(pause);
        }

        await exchange.HangAsync();
    }

    private async Task WaitAsync(RawExchange exchange, Task start)
    {
        await start;
        clock.Advance(TimeSpan.FromSeconds(15));
        await exchange.HangAsync();
    }
}
