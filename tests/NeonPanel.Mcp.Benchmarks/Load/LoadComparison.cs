using System.Globalization;
using System.Security.Cryptography;

namespace NeonPanel.Mcp.Benchmarks.Load;

/// <summary>The processor time that a call costs the server: YARP with JwtBearer, our server by the SDK, and by the
/// fast path, each a process in front of the same API, in interleaved rounds. Ratios hold on a busy machine too; the
/// seconds do not.</summary>
internal static class LoadComparison
{
    private const int CallsPerRound = 10_000;
    private const int WarmUpRounds = 2;
    private const int GrowthStep = 20_000;
    private const int GrowthCalls = 100_000;
    private static readonly string[] Names = [Roles.Yarp, Roles.Sdk, Roles.Fast, Roles.Cut];

    public static async Task<int> RunAsync(int rounds, int port)
    {
        using var key = RSA.Create(2048);
        var (publicKey, token) = (key.ExportSubjectPublicKeyInfoPem(), LoadedServer.NewToken(key, port));
        using var upstream = await ChildProcess.StartAsync("role", Roles.Upstream, Text(port), "0", publicKey);
        var servers = new List<LoadedServer>();
        foreach (var name in Names)
        {
            var own = port + 1 + servers.Count;
            servers.Add(
                new(name, own, token, await ChildProcess.StartAsync("role", name, Text(own), Text(port), publicKey))
            );
        }

        await CompareAsync("4", CallsPerRound, rounds, [.. servers.Where(server => server.Name != Roles.Cut)]);
        await CompareAsync("200", CallsPerRound / 5, rounds, servers);
        servers.ForEach(server => server.Process.Dispose());
        var last = port + 1 + servers.Count;
        using var fresh = await ChildProcess.StartAsync("role", Roles.Fast, Text(last), Text(port), publicKey);
        await GrowthAsync(new(Roles.Fast, last, token, fresh));
        return 0;
    }

    /// <summary>Compares the processor time of a write with and without the guard against repeats.</summary>
    public static async Task<int> RunWritesAsync(int rounds, int port)
    {
        using var key = RSA.Create(2048);
        var (publicKey, token) = (key.ExportSubjectPublicKeyInfoPem(), LoadedServer.NewToken(key, port));
        using var upstream = await ChildProcess.StartAsync("role", Roles.Upstream, Text(port), "0", publicKey);
        var servers = new List<LoadedServer>();
        foreach (var name in new[] { Roles.Unguarded, Roles.Guarded })
        {
            var own = port + 1 + servers.Count;
            servers.Add(
                new(name, own, token, await ChildProcess.StartAsync("role", name, Text(own), Text(port), publicKey))
            );
        }

        await CompareAsync("write", CallsPerRound, rounds, servers);
        servers.ForEach(server => server.Process.Dispose());
        return 0;
    }

    private static async Task CompareAsync(string kind, int calls, int rounds, List<LoadedServer> servers)
    {
        var results = servers.Select(_ => new List<(double Cpu, double Allocated)>()).ToArray();
        for (var round = -WarmUpRounds; round < rounds; round++)
        {
            // On the error output, so that it is not among the results.
            await Console.Error.WriteLineAsync($"{kind}: {(round < 0 ? "warm-up" : $"round {round + 1} of {rounds}")}");
            for (var step = 0; step < servers.Count; step++)
            {
                // Another one first in each round: who comes after whom must not matter.
                var index = (step + round + WarmUpRounds) % servers.Count;
                var cost = await servers[index].LoadAsync(kind, calls);
                if (round >= 0)
                {
                    results[index].Add(cost);
                }
            }
        }

        Console.WriteLine(
            $"{kind}: server CPU seconds per 10,000 calls, median of {rounds} rounds (least to most); ratio to the first, median (least to most); KiB allocated a call"
        );
        for (var index = 0; index < servers.Count; index++)
        {
            var cpu = results[index].ConvertAll(result => result.Cpu);
            var ratios = results[index].Zip(results[0], (own, first) => own.Cpu / first.Cpu).ToList();
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {servers[index].Name, -4}  {Median(cpu):f2} s ({cpu.Min():f2} to {cpu.Max():f2})  x {Median(ratios):f2} ({ratios.Min():f2} to {ratios.Max():f2})  {Median(results[index].ConvertAll(result => result.Allocated)):f1} KiB"
                )
            );
        }
    }

    private static async Task GrowthAsync(LoadedServer server)
    {
        Console.Write($"resident memory of {server.Name}, MiB, at start and every {GrowthStep} calls of 4 KB:");
        for (var calls = 0; calls <= GrowthCalls; calls += GrowthStep)
        {
            if (calls > 0)
            {
                await server.LoadAsync("4", GrowthStep);
            }

            var usage = await server.Process.UsageAsync();
            Console.Write(string.Create(CultureInfo.InvariantCulture, $" {usage.ResidentBytes / 1024.0 / 1024:f0}"));
        }

        Console.WriteLine();
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
