using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using NeonPanel.Mcp.Server.Tests.Calls;

namespace NeonPanel.Mcp.Benchmarks;

/// <summary>The cost of arguments of 1 MiB from their reading to the body of the API's request, for each kind of
/// <see cref="GreedyBody"/>.</summary>
internal static class RequestCosts
{
    private const double Mebibyte = 1024 * 1024;
    private const int Rounds = 5;

    public static int Run()
    {
        Console.WriteLine("| Arguments of 1 MiB | CPU, ms | Allocated, MiB | Alive at the end, MiB | Outcome |");
        Console.WriteLine("| --- | --- | --- | --- | --- |");
        foreach (var body in GreedyBody.All)
        {
            using var document = JsonDocument.Parse(body.Json);
            GreedyCall.Make(body, document.RootElement);
            var rounds = Enumerable
                .Range(0, Rounds)
                .Select(_ => Measure(body, document.RootElement))
                .OrderBy(round => round.Cpu)
                .ToList();
            var (cpu, allocated, alive, outcome) = rounds[Rounds / 2];
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {body.Name} | {cpu:0.0} | {allocated / Mebibyte:0.0} | {alive / Mebibyte:0.0} | {Told(outcome)} |"
                )
            );
        }

        return 0;
    }

    private static (double Cpu, long Allocated, long Alive, GreedyOutcome Outcome) Measure(
        GreedyBody body,
        JsonElement arguments
    )
    {
        var rest = GC.GetTotalMemory(forceFullCollection: true);
        var (cpu, allocated) = (Process.GetCurrentProcess().TotalProcessorTime, GC.GetAllocatedBytesForCurrentThread());
        var outcome = GreedyCall.Make(body, arguments);
        var spent = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        return (
            spent.TotalMilliseconds,
            GC.GetAllocatedBytesForCurrentThread() - allocated,
            GC.GetTotalMemory(forceFullCollection: true) - rest,
            outcome
        );
    }

    private static string Told(GreedyOutcome outcome) =>
        outcome.SentBytes is { } bytes
            ? string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes sent, {outcome.Repairs.Count} repairs")
            : string.Create(CultureInfo.InvariantCulture, $"{outcome.Violations.Count} violations");
}
