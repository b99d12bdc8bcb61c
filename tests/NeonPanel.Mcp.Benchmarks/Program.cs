using System.Globalization;
using BenchmarkDotNet.Running;
using NeonPanel.Mcp.Benchmarks;
using NeonPanel.Mcp.Benchmarks.Endurance;
using NeonPanel.Mcp.Benchmarks.Load;
using NeonPanel.Mcp.Benchmarks.Siege;

switch (args)
{
    case ["idle-streams", var count, var port]:
        return await IdleStreams.RunAsync(Number(count), Number(port));
    case ["open-streams", var address, var count]:
        return await IdleStreams.OpenAsync(address, Number(count));
    case ["startup", var directory, var runs, var port]:
        return await StartUp.RunAsync(directory, Number(runs), Number(port));
    case ["load", var rounds, var port]:
        return await LoadComparison.RunAsync(Number(rounds), Number(port));
    case ["writes", var rounds, var port]:
        return await LoadComparison.RunWritesAsync(Number(rounds), Number(port));
    case ["role", var role, var port, var upstream, var key]:
        return await Roles.RunAsync(role, Number(port), Number(upstream), key);
    case ["allocations", var port]:
        return await AllocationGate.RunAsync(Number(port), isUpdate: false);
    case ["allocations", var port, "--update"]:
        return await AllocationGate.RunAsync(Number(port), isUpdate: true);
    case ["loader", var role, var port, var token, var kind, var calls, var connections]:
        return await Loader.RunAsync(role, Number(port), token, kind, Number(calls), Number(connections));
    case ["request-costs"]:
        return RequestCosts.Run();
    case ["file-costs"]:
        return await FileCosts.RunAsync();
    case ["soak", var minutes, var port]:
        return await Soak.RunAsync(Number(minutes), Number(port));
    case ["soak", var minutes, var port, var published]:
        return await Soak.RunAsync(Number(minutes), Number(port), published);
    case ["sigterm", var runs, var port]:
        return await SigTerm.RunAsync(Number(runs), Number(port), drainTime: null);
    case ["sigterm", var runs, var port, var drainTime]:
        return await SigTerm.RunAsync(Number(runs), Number(port), drainTime);
    case ["rolling", var port]:
        return await Rolling.RunAsync(Number(port));
    case ["faulty-api", var port]:
        return await FaultyApi.RunAsync(Number(port));
    case ["siege", .. var options]:
        return await SiegeRun.RunAsync(options);
    default:
        BenchmarkSwitcher.FromAssembly(typeof(TokenValidation).Assembly).Run(args);
        return 0;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
