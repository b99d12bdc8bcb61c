using System.Collections.Concurrent;

namespace NeonPanel.Mcp.Benchmarks.Endurance;

/// <summary>Counts calls by kind, and failures of ours, of which it prints the first ones.</summary>
internal sealed class Tally
{
    private const int Printed = 20;

    private readonly ConcurrentDictionary<string, int> calls = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> failures = new(StringComparer.Ordinal);

    private int heldBack;

    public int Calls => calls.Values.Sum();

    public int Failures => failures.Values.Sum();

    /// <summary>Gets the calls that the server did not send on, to let the API recover.</summary>
    public int HeldBackCalls => heldBack;

    public string ByKind => Text(calls);

    public string FailuresByKind => Text(failures);

    public void Called(string kind) => calls.AddOrUpdate(kind, 1, (_, count) => count + 1);

    public void HeldBack() => Interlocked.Increment(ref heldBack);

    public void Failed(string kind, string what, string? answer = null)
    {
        if (failures.AddOrUpdate(kind + ": " + what, 1, (_, count) => count + 1) <= Printed)
        {
            Console.WriteLine(
                $"FAILURE OF OURS  {kind}: {what}"
                    + (answer is null ? "" : $"\n  {answer[..Math.Min(answer.Length, 600)]}")
            );
        }
    }

    private static string Text(ConcurrentDictionary<string, int> counts) =>
        string.Join(", ", counts.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Key} {pair.Value}"));
}
