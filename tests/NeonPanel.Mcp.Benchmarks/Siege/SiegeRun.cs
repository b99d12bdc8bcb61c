using System.Globalization;

namespace NeonPanel.Mcp.Benchmarks.Siege;

/// <summary>Runs every attack against the published server under the container's memory limit, with one honest user
/// beside it.</summary>
internal static class SiegeRun
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        SiegeOptions options;
        try
        {
            options = SiegeOptions.Read(arguments);
        }
        catch (ArgumentException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 2;
        }

        var attacks = AttackList.All.Where(options.Selects).ToList();
        if (attacks.Count == 0)
        {
            await Console.Error.WriteLineAsync(
                $"No attack is named '{string.Join("', '", options.Only)}'. --list shows the names."
            );
            return 2;
        }

        if (options.IsList)
        {
            attacks.ForEach(attack => Console.WriteLine(attack.Name));
            return 0;
        }

        if (options.Server is null)
        {
            // Ahead of the network of its own, from which no package can be had.
            options = options with { Server = await PublishedServer.PublishAsync() };
            arguments = [.. arguments, "--server", options.Server];
        }

        if (!OwnNetwork.IsInside && await OwnNetwork.RunAsync(arguments) is { } code)
        {
            return code;
        }

        return await RunAsync(options, attacks);
    }

    private static async Task<int> RunAsync(SiegeOptions options, List<Attack> attacks)
    {
        // Attacks and the honest user share this process: its threads must not be what the honest user waits for.
        ThreadPool.SetMinThreads(64, 64);
        using var cage = MemoryCage.Create(options.Memory);
        Console.WriteLine($"Memory limit: {cage.Description}");
        Console.WriteLine(SiegeRow.Heading);
        var failed = 0;
        foreach (var attack in attacks.Where(attack => !attack.IsPossible))
        {
            Console.WriteLine($"{attack.Name} was not run: it needs root, unshare and ip.");
        }

        attacks.RemoveAll(attack => !attack.IsPossible);
        foreach (var attack in attacks)
        {
            var row = await Assault.RunAsync(options, attack, cage);
            Console.WriteLine(row);
            failed += row.Faults.Count > 0 ? 1 : 0;
        }

        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"The siege - Failed: {failed}, Passed: {attacks.Count - failed}"
            )
        );
        return failed == 0 ? 0 : 1;
    }
}
