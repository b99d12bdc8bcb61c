using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Benchmarks.Load;

/// <summary>Compares the bytes that the server allocates for a request with those in <c>allocations.json</c>. Unlike
/// time, they hardly depend on the machine and its other work.</summary>
internal static class AllocationGate
{
    private const int WarmUpCalls = 300;
    private const int CallsPerRound = 500;
    private const int Rounds = 3;

    /// <summary>One call at a time, so that the number of arrays in the pools does not depend on chance.</summary>
    private const int Connections = 1;

    /// <summary>The largest rise that passes: 3 %.</summary>
    private const double LargestRise = 1.03;

    private static readonly (string Name, string Role, string Kind)[] Paths =
    [
        ("call of 4 KB", Roles.Fast, "4"),
        ("call of 4 KB with a progress token", Roles.Fast, "progress"),
        ("call of 4 KB by the SDK", Roles.Sdk, "4"),
        ("call of 200 KB", Roles.Fast, "200"),
        ("call of 200 KB with fields", Roles.Fast, "fields"),
        ("call of 200 KB that is shortened", Roles.Cut, "200"),
        ("list of tools", Roles.Fast, "list"),
        ("write with the guard", Roles.Guarded, "write"),
    ];

    /// <summary>Measures every path.</summary>
    /// <returns>0, or 1 if a path allocates more than 3 % above its figure, or has none.</returns>
    public static async Task<int> RunAsync(int port, bool isUpdate)
    {
        // The processes inherit it. Otherwise the figures depend on when the compiler comes to its second tier, which
        // removes some allocations.
        Environment.SetEnvironmentVariable("DOTNET_TieredCompilation", "0");
        var known = isUpdate || !File.Exists(FilePath()) ? [] : Read();
        var measured = await MeasureAsync(port, isUpdate);
        var failed = 0;
        Console.WriteLine("| Request | KiB allocated | KiB in allocations.json | |");
        Console.WriteLine("| --- | --- | --- | --- |");
        foreach (var (name, kibibytes) in measured)
        {
            var limit = known[name]?.GetValue<double>();
            var isWithin = isUpdate || kibibytes <= limit * LargestRise;
            failed += isWithin ? 0 : 1;
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {name} | {kibibytes:f1} | {limit:f1} | {(isWithin ? "ok" : "FAILED")} |"
                )
            );
        }

        if (isUpdate)
        {
            await File.WriteAllTextAsync(FilePath(), Text(measured));
        }
        else if (failed > 0)
        {
            Console.WriteLine(
                "The server allocates more than before. If that is intended, run 'allocations PORT --update' and commit the file."
            );
        }

        Console.WriteLine($"Allocations - Failed: {failed}, Passed: {measured.Count - failed}");
        return failed == 0 ? 0 : 1;
    }

    private static async Task<List<(string Name, double Kibibytes)>> MeasureAsync(int port, bool isUpdate)
    {
        using var key = RSA.Create(2048);
        var (publicKey, token) = (key.ExportSubjectPublicKeyInfoPem(), LoadedServer.NewToken(key, port));
        using var upstream = await ChildProcess.StartAsync("role", Roles.Upstream, Number(port), "0", publicKey);
        var results = new List<(string, double)>();
        foreach (var (role, index) in Paths.Select(path => path.Role).Distinct().Select((role, index) => (role, index)))
        {
            var own = port + 1 + index;
            using var process = await ChildProcess.StartAsync("role", role, Number(own), Number(port), publicKey);
            var server = new LoadedServer(role, own, token, process);
            foreach (var path in Paths.Where(path => path.Role == role))
            {
                await server.LoadAsync(path.Kind, WarmUpCalls, Connections);
                var rounds = new List<double>();
                for (var round = 0; round < Rounds; round++)
                {
                    rounds.Add((await server.LoadAsync(path.Kind, CallsPerRound, Connections)).Allocated);
                }

                rounds.Sort();
                // The stored figure is a usual one, and the best round is compared with it.
                results.Add((path.Name, Math.Round(rounds[isUpdate ? Rounds / 2 : 0], 1)));
            }
        }

        return results;
    }

    private static JsonObject Read() => JsonNode.Parse(File.ReadAllText(FilePath()))!.AsObject();

    private static string Text(List<(string Name, double Kibibytes)> measured) =>
        "{\n"
        + string.Join(
            ",\n",
            measured.Select(one => string.Create(CultureInfo.InvariantCulture, $"  \"{one.Name}\": {one.Kibibytes:f1}"))
        )
        + "\n}\n";

    // The file of the repository, so that --update changes what is committed.
    private static string FilePath()
    {
        const string name = "tests/NeonPanel.Mcp.Benchmarks/allocations.json";
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "NeonPanel.Mcp.sln")))
            {
                return Path.Combine(folder.FullName, name);
            }
        }

        throw new InvalidOperationException($"{AppContext.BaseDirectory} is not inside the repository.");
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
