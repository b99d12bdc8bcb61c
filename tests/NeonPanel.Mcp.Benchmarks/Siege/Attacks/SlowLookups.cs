using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using NeonPanel.Mcp.Benchmarks.Endurance;

namespace NeonPanel.Mcp.Benchmarks.Siege.Attacks;

/// <summary>Sixty users whose lists of companies come slowly: sixty others, whose lists come at once, must not wait for
/// them.</summary>
internal sealed class SlowLookups : Attack
{
    private const int Users = 60;
    private const string Slow = "-slow-";

    private readonly ConcurrentQueue<TimeSpan> waits = new();
    private TimeSpan stall;

    public override string Name => "slow-lookups";

    public override string Findings => "12";

    public override async Task RunAsync(Battlefield field, CancellationToken end)
    {
        stall = TimeSpan.FromSeconds(field.Of(4, 9));
        var slow = Enumerable
            .Range(0, 2 * Users)
            .Select(number => AskAsync(field, Slow + (number / 2).ToString(CultureInfo.InvariantCulture)))
            .ToList();
        await Task.Delay(TimeSpan.FromMilliseconds(300), CancellationToken.None);
        var quick = Enumerable
            .Range(0, Users)
            .Select(async number =>
            {
                var token = field.Token("-quick-" + number.ToString(CultureInfo.InvariantCulture));
                var clock = Stopwatch.StartNew();
                await field.Attacker.SendAsync(Call(token));
                waits.Enqueue(clock.Elapsed);
            });
        await Task.WhenAll(quick);
        await Task.WhenAll(slow);
    }

    public override async Task AnswerAsync(HttpContext context, string subject)
    {
        if (subject.Contains(Slow, StringComparison.Ordinal))
        {
            await Task.Delay(stall, context.RequestAborted);
        }

        await SiegeApi.AnswerWellAsync(context);
    }

    public override IEnumerable<string> Faults(Battlefield field)
    {
        var bound = stall - TimeSpan.FromSeconds(1);
        var late = waits.Count(wait => wait > bound);
        if (late > 0)
        {
            yield return $"{late} of {Users} other users waited longer than {bound.TotalSeconds} s, the longest {waits.Max().TotalSeconds:f1} s";
        }
    }

    private static Task<string> AskAsync(Battlefield field, string name) =>
        field.Attacker.SendAsync(Call(field.Token(name)));

    private static HttpRequestMessage Call(string token) =>
        Attacker.Post(McpPost.Call(1, "bills_list", $$"""{"companyUuid":"{{Order.CompanyName}}"}"""), token);
}
