using System.Globalization;

namespace NeonPanel.Mcp.Benchmarks.Siege;

/// <summary>The result of one attack: a line of the table.</summary>
internal sealed record SiegeRow(
    Attack Attack,
    int Requests,
    string Statuses,
    double CpuSeconds,
    double PeakMegabytes,
    int Honest,
    int Lost,
    TimeSpan SlowestHonest,
    TimeSpan SlowestHealth,
    IReadOnlyList<string> Faults
)
{
    public static string Heading { get; } =
        string.Create(
            CultureInfo.InvariantCulture,
            $"| {"Attack", -24} | {"Finding", 7} | {"Requests", 8} | {"CPU s", 6} | {"Peak MB", 7} | {"Honest", 6} | {"Lost", 4} | {"Slowest", 7} | {"healthz", 7} | Answers\n"
        )
        + $"| {new string('-', 24)} | {new string('-', 7)} | {new string('-', 8)} | {new string('-', 6)} | {new string('-', 7)} | {new string('-', 6)} | {new string('-', 4)} | {new string('-', 7)} | {new string('-', 7)} | ---";

    public override string ToString()
    {
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"| {Attack.Name, -24} | {Attack.Findings, 7} | {Requests, 8} | {CpuSeconds, 6:f2} | {PeakMegabytes, 7:f0} | {Honest, 6} | {Lost, 4} | {SlowestHonest.TotalSeconds, 7:f2} | {SlowestHealth.TotalSeconds, 7:f2} | {Statuses}"
        );
        return line + string.Concat(Faults.Select(fault => "\n    FAILED  " + fault));
    }
}
