using System.Text;
using NeonPanel.Mcp.Benchmarks.Endurance;

namespace NeonPanel.Mcp.Benchmarks.Siege.Attacks;

/// <summary>Messages of the older transport beyond the user's limit: notifications, which get no answer, or bodies that
/// are no message.</summary>
internal sealed class LegacyMessages(bool malformed) : Attack
{
    private const int Limit = 600;

    public override string Name => malformed ? "legacy-malformed" : "legacy-notifications";

    public override string Findings => "10";

    public override async Task RunAsync(Battlefield field, CancellationToken end)
    {
        var token = field.Token();
        using var http = new HttpClient(LegacyStream.Handler())
        {
            BaseAddress = field.Address,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        using var stream = await LegacyStream.OpenAsync(http, token, CancellationToken.None);
        var body = malformed
            ? Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat("{}", 270_000))}]")
            : Encoding.UTF8.GetBytes("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        await field.Attacker.FloodAsync(
            16,
            malformed ? field.Of(120, 900) : 3000,
            _ => Attacker.Post(body, token, path: stream.Endpoint),
            malformed ? end : CancellationToken.None
        );
    }

    public override IEnumerable<string> Faults(Battlefield field)
    {
        // Of a minute's places a few come back while the attack goes on.
        var most = Limit + (int)(20 * field.Length.TotalSeconds) + 100;
        var taken = field.Attacker.Count("202") + field.Attacker.Count("400");
        if (taken > most)
        {
            yield return $"{taken} messages of one user were taken; the limit is {Limit} a minute";
        }
    }
}
