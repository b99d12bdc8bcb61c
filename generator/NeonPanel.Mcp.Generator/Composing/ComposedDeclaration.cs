using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Generator.Composing;

/// <summary>One member of <c>x-mcp.composed</c>.</summary>
/// <param name="Faults">Makes messages about the declaration.</param>
/// <param name="Name">The tool's name.</param>
/// <param name="Place">Position of the declaration in the document.</param>
/// <param name="Node">The declaration.</param>
internal sealed record ComposedDeclaration(ComposedFaults Faults, string Name, string Place, JsonObject Node);
