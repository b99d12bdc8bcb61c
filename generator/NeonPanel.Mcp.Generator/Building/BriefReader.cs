using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Naming;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Building;

/// <summary>The members that an answer has if the caller does not name any. The overlay declares them
/// (<c>x-mcp.brief</c>), as paths like those of <c>fields</c>: <c>data.vendor.name</c>.</summary>
internal static class BriefReader
{
    /// <returns>The paths; empty for a tool that returns all members.</returns>
    /// <exception cref="FaultException">The declaration names a member that the answer does not have, leaves out a
    /// member that the tool's view shows, or cannot work.</exception>
    public static IReadOnlyList<string> Read(SpecificationDocument document, OperationModel tool)
    {
        if (tool.Source.Extension["brief"] is null)
        {
            return [];
        }

        List<string> brief = [.. tool.Source.Extension.Items("brief").Select(path => path?.ToString() ?? "")];
        var known = AnswerPaths.Of(tool.AnswerShape).ToList();
        if (FaultOf(tool, brief, known) is { } fault)
        {
            throw new FaultException(
                new(
                    DiagnosticIds.OverlayMember,
                    Severity.Error,
                    document.File,
                    tool.Pointer + "/x-mcp/brief",
                    $"x-mcp.brief: {fault}. Correct the overlay."
                )
            );
        }

        return brief;
    }

    private static string? FaultOf(OperationModel tool, List<string> brief, List<string> known)
    {
        if (brief.Count == 0)
        {
            return "it must name at least one member";
        }

        if (!tool.TakesFields)
        {
            return $"the tool '{tool.ToolName}' does not take 'fields', so that no caller could ask for the other members";
        }

        if (brief.Find(path => !known.Contains(path)) is { } unknown)
        {
            return $"the answer of '{tool.ToolName}' has no member '{unknown}'"
                + (NearestMember.Find(unknown, known) is { } near ? $"; did you mean '{near}'?" : "");
        }

        if (brief.Find(path => brief.Exists(other => AnswerPaths.IsBelow(path, other))) is { } doubled)
        {
            return $"'{doubled}' is part of another member that it names";
        }

        if (brief.GroupBy(path => path).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            return $"it names '{twice.Key}' twice";
        }

        if (ShownPaths(tool.View).FirstOrDefault(path => !Has(brief, path)) is { } shown)
        {
            return $"it leaves out '{shown}', which x-mcp.view shows";
        }

        return known.TrueForAll(path => Has(brief, path) || known.Exists(other => AnswerPaths.IsBelow(other, path)))
            ? "it names all members, and so leaves nothing out"
            : null;
    }

    private static bool Has(List<string> brief, string path) =>
        brief.Exists(kept => kept == path || AnswerPaths.IsBelow(path, kept));

    private static IEnumerable<string> ShownPaths(ViewModel? view)
    {
        if (view is null)
        {
            return [];
        }

        var list = view.Declaration.Text("list");
        return ViewReader
            .Lists.SelectMany(name => view.Declaration.Items(name).Select(path => path?.ToString()))
            .Concat(ViewReader.Singles.Select(name => view.Declaration.Text(name)))
            .OfType<string>()
            .Select(path => $"{list}.{path}");
    }
}
