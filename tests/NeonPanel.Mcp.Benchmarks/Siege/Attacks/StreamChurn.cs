using NeonPanel.Mcp.Benchmarks.Endurance;

namespace NeonPanel.Mcp.Benchmarks.Siege.Attacks;

/// <summary>Streams of the older transport, opened and closed by one user as fast as it goes.</summary>
internal sealed class StreamChurn : Attack
{
    private const int Limit = 600;

    public override string Name => "stream-churn";

    public override string Findings => "10";

    public override async Task RunAsync(Battlefield field, CancellationToken end)
    {
        var token = field.Token();
        using var http = new HttpClient(LegacyStream.Handler()) { BaseAddress = field.Address };
        var opened = 0;
        async Task LoopAsync()
        {
            while (!end.IsCancellationRequested && Interlocked.Increment(ref opened) <= 2000)
            {
                await OpenAsync(field, http, token);
            }
        }

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => LoopAsync()));
    }

    public override IEnumerable<string> Faults(Battlefield field)
    {
        if (field.Attacker.Count("200") > Limit + 200)
        {
            yield return $"one user opened {field.Attacker.Count("200")} streams; the limit is {Limit} requests a minute";
        }
    }

    private static async Task OpenAsync(Battlefield field, HttpClient http, string token)
    {
        try
        {
            using var stream = await LegacyStream.OpenAsync(http, token, CancellationToken.None);
            field.Attacker.Note("200");
        }
        catch (InvalidOperationException)
        {
            field.Attacker.Note("refused");
        }
        catch (HttpRequestException)
        {
            field.Attacker.Note("cut");
        }
    }
}
