using System.Globalization;
using NeonPanel.Mcp.Benchmarks.Endurance;

namespace NeonPanel.Mcp.Benchmarks.Siege;

/// <summary>One attack against a fresh server, watched by an honest user and the health check.</summary>
internal sealed class Assault(SiegeOptions options, Attack attack, MemoryCage cage)
{
    /// <summary>The memory that must be left of the limit, for what an attack leaves to other users.</summary>
    private const double SpareMegabytes = 300;

    /// <summary>Log lines that a client can cause are short, so that a flood does not fill the log.</summary>
    private const int LongestLogLine = 2000;
    private static readonly TimeSpan After = TimeSpan.FromSeconds(0.6);
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(7);

    public static async Task<SiegeRow> RunAsync(SiegeOptions options, Attack attack, MemoryCage cage)
    {
        var address = new Uri($"http://127.0.0.1:{options.Port}");
        await using var api = await SiegeApi.StartAsync(options.Port + 1, attack);
        await using var issuer = await Issuer.StartAsync(options.Port + 2, address.OriginalString);
        issuer.IsDown = attack.StartsWithoutKeys;
        using var server = await ServerProcess.StartAsync(
            new(options.Port, address.OriginalString, options.Port + 1)
            {
                Published = options.Server,
                Launcher = cage.Launcher,
                ReadyPath = attack.StartsWithoutKeys ? "/healthz" : "/readyz",
                Settings = Settings(attack, cage),
            }
        );
        using var attacker = new Attacker(address, TimeSpan.FromSeconds(options.IsShort ? 15 : 50));
        return await new Assault(options, attack, cage).RunAsync(
            new(address, server, issuer, api, attacker, options.IsShort, options.Length)
        );
    }

    // As in deploy/: the load balancer tells the address of the client.
    private static Dictionary<string, string> Settings(Attack attack, MemoryCage cage)
    {
        var settings = new Dictionary<string, string> { ["Server__KnownProxies"] = "127.0.0.1/32" };
        foreach (var (name, value) in attack.Settings.Concat(cage.Settings))
        {
            settings[name] = value;
        }

        return settings;
    }

    private async Task<SiegeRow> RunAsync(Battlefield field)
    {
        using var user = new HonestUser(field.Address, field.Issuer);
        using var health = new HealthWatch(field.Address);
        if (!attack.StartsWithoutKeys)
        {
            await user.WarmUpAsync();
        }

        var before = field.Server.ProcessorTime;
        using var watched = new CancellationTokenSource();
        using var end = new CancellationTokenSource(options.Length);
        var healthy = health.RunAsync(watched.Token);
        var honest = attack.StartsWithoutKeys ? Task.CompletedTask : user.RunAsync(watched.Token);
        await attack.RunAsync(field, end.Token);
        if (attack.StartsWithoutKeys)
        {
            field.Issuer.IsDown = false;
            await Task.Delay(Recovery, CancellationToken.None);
            honest = user.RunAsync(watched.Token);
        }

        // Requests that are still under way at the server meet the honest user too.
        await Task.Delay(attack.StartsWithoutKeys ? options.Length : After, CancellationToken.None);
        await watched.CancelAsync();
        await Task.WhenAll(healthy, honest);
        var (cpu, peak) = field.Server.HasExited
            ? (0, 0)
            : ((field.Server.ProcessorTime - before).TotalSeconds, field.Server.PeakResident());
        return new(
            attack,
            field.Attacker.Requests,
            field.Attacker.Statuses,
            cpu,
            peak,
            user.Answered,
            user.Lost,
            user.Slowest,
            health.Slowest,
            [.. Faults(field, user, health, peak)]
        );
    }

    private IEnumerable<string> Faults(Battlefield field, HonestUser user, HealthWatch health, double peak)
    {
        if (field.Server.HasExited)
        {
            yield return "the server died";
        }

        if (peak > options.Memory - SpareMegabytes)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{peak:f0} MB resident, above {options.Memory - SpareMegabytes:f0} ({cage.Description} less {SpareMegabytes} MB)"
            );
        }

        if (user.Lost > 0)
        {
            yield return $"the honest user lost {user.Lost} of {user.Lost + user.Answered} calls, the first: {user.Losses[0]}";
        }

        if (user.Answered + user.Lost == 0)
        {
            yield return "the honest user did not come to call";
        }

        if (health.Slowest > HealthWatch.Bound || health.Failed > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"/healthz took {health.Slowest.TotalSeconds:f1} s, and failed {health.Failed} times"
            );
        }

        if (field.Server.Errors.TryPeek(out var line))
        {
            yield return $"{field.Server.Errors.Count} log lines of level error, the first: {line[..Math.Min(line.Length, 300)]}";
        }

        if (field.Server.LongestLogLine.Length > LongestLogLine)
        {
            yield return $"a log line of {field.Server.LongestLogLine.Length} characters: {field.Server.LongestLogLine[..200]}";
        }

        foreach (var fault in attack.Faults(field))
        {
            yield return fault;
        }
    }
}
