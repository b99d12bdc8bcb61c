using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Generator.Catalog;

/// <summary>The steps and the result of a composed tool.</summary>
/// <param name="Tools">Names of the tools that it calls, in ordinal order.</param>
/// <param name="Plan">Steps and result as the overlay declares them, checked. The server executes them.</param>
internal sealed record ComposedModel(IReadOnlyList<string> Tools, JsonObject Plan);
