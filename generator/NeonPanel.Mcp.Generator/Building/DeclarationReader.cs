using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Naming;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Building;

/// <summary>Base of the readers of a member of <c>x-mcp</c> at an operation that names other tools, their arguments and
/// members of their answers.</summary>
/// <param name="document">The specification after the overlay was applied.</param>
/// <param name="tool">The tool that the declaration stands at.</param>
/// <param name="tools">All tools that are operations.</param>
/// <param name="member">The name of the member: <c>once</c>, <c>task</c> or <c>preview</c>.</param>
internal abstract class DeclarationReader(
    SpecificationDocument document,
    OperationModel tool,
    IReadOnlyList<OperationModel> tools,
    string member
)
{
    protected OperationModel Tool => tool;

    protected IReadOnlyList<OperationModel> Tools => tools;

    /// <exception cref="FaultException">There is no such tool.</exception>
    protected OperationModel Find(string name) =>
        tools.FirstOrDefault(candidate => candidate.ToolName == name)
        ?? throw Fault($"there is no tool '{name}'{Near(name, tools.Select(other => other.ToolName))}");

    /// <exception cref="FaultException">The tool has no such argument.</exception>
    protected void RequireArgument(OperationModel of, string argument)
    {
        var known = of.Arguments.Properties.Select(property => property.Name).ToList();
        if (!known.Contains(argument))
        {
            throw Fault($"'{of.ToolName}' has no argument '{argument}'{Near(argument, known)}");
        }
    }

    protected FaultException Fault(string fault) =>
        new(
            new(
                DiagnosticIds.OverlayMember,
                Severity.Error,
                document.File,
                $"{tool.Pointer}/x-mcp/{member}",
                $"x-mcp.{member}: {fault}. Correct the overlay."
            )
        );

    /// <summary>Returns the end of a sentence about an unknown name: the nearest known one, or nothing.</summary>
    protected static string Near(string name, IEnumerable<string> known) =>
        NearestMember.Find(name, known) is { } near ? $"; did you mean '{near}'?" : "";
}
