using System.Text.Json;

namespace NeonPanel.Mcp.Server.Composition;

/// <summary>The plan of a composed tool: steps in order, and the members of its answer.</summary>
/// <param name="Steps">The steps. A step uses only steps before it.</param>
/// <param name="Tables">The tables.</param>
/// <param name="Totals">The totals of tables.</param>
/// <param name="Members">The names of tables and totals in the order of the answer.</param>
/// <param name="Defaults">Values of arguments that a call leaves out.</param>
internal sealed record CompositionPlan(
    IReadOnlyList<StepPlan> Steps,
    IReadOnlyDictionary<string, TablePlan> Tables,
    IReadOnlyDictionary<string, TotalsPlan> Totals,
    IReadOnlyList<string> Members,
    IReadOnlyList<(string Name, JsonElement Value)> Defaults
);
