using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Naming;

namespace NeonPanel.Mcp.Generator.Composing;

/// <summary>Makes the messages about a declaration of <c>x-mcp.composed</c>.</summary>
internal sealed class ComposedFaults(string file, string tool)
{
    public FaultException At(string place, string what) =>
        new(
            new(
                DiagnosticIds.OverlayMember,
                Severity.Error,
                file,
                place,
                $"x-mcp.composed, '{tool}': {what}{(what.EndsWith('?') ? "" : ".")} Correct the overlay."
            )
        );

    /// <exception cref="FaultException">An object has a member that means nothing here.</exception>
    public void CheckMembers(JsonObject node, IReadOnlyCollection<string> known, string place)
    {
        if (node.FirstOrDefault(member => !known.Contains(member.Key)).Key is { } name)
        {
            throw At(place, $"there is no member '{name}' here{NameHint.Of(name, known)}");
        }
    }
}
