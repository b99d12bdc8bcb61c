using NeonPanel.Mcp.Server.Tests.Fixtures;

namespace NeonPanel.Mcp.Server.Tests.Calls;

/// <summary>The data that faults share with the test: the clock that must pass the deadline before they end, and a
/// second host.</summary>
internal sealed class FaultContext(ManualClock clock, string elsewhere)
{
    /// <summary>Gets the address of a host that must never be asked.</summary>
    public string Elsewhere => elsewhere;

    /// <summary>Says nothing more: the deadline passes.</summary>
    public Task HangAfterAsync(RawExchange exchange, string start) => WaitAsync(exchange, exchange.SendAsync(start));

    public Task HangAsync(RawExchange exchange) => WaitAsync(exchange, Task.CompletedTask);

    /// <summary>Sends a byte of a long body, and another each second.</summary>
    public async Task DripAsync(RawExchange exchange)
    {
        await exchange.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n[");
        while (true)
        {
            await exchange.SendAsync(" ");
            clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>Sends the same again and again.</summary>
    public async Task RepeatAsync(RawExchange exchange, string text)
    {
        while (true)
        {
            await exchange.SendAsync(text);
            clock.Advance(TimeSpan.FromSeconds(0.01));
        }
    }

    private async Task WaitAsync(RawExchange exchange, Task start)
    {
        await start;
        clock.Advance(TimeSpan.FromSeconds(15));
        await exchange.HangAsync();
    }
}
