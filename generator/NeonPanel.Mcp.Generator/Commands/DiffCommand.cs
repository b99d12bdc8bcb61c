using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Comparison;
using NeonPanel.Mcp.Generator.Pipeline;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Commands;

/// <summary>The verb <c>diff</c>: compares two files, each of which may be a specification, lock or
/// catalogue.</summary>
internal static class DiffCommand
{
    /// <param name="from">The older file.</param>
    /// <param name="to">The newer file.</param>
    /// <param name="overlay">Applied to specifications. Actions that match nothing are skipped.</param>
    /// <param name="toolLock">Supplies the tool names for specifications.</param>
    /// <param name="skills">The skills to report where they name a changed tool.</param>
    /// <param name="format"><c>text</c>, <c>json</c> or <c>markdown</c>.</param>
    public static int Run(
        InputFile from,
        InputFile to,
        InputFile? overlay,
        ToolLock? toolLock,
        SkillTouches skills,
        string format,
        TextWriter output,
        IProgress<string>? stages
    )
    {
        var (before, after) = (
            SpecificationReader.Parse(from.Name, from.Bytes, []),
            SpecificationReader.Parse(to.Name, to.Bytes, [])
        );
        // A published name stays when its operation moves. If no lock was given, a lock or catalogue on either side
        // supplies the published names.
        var names = toolLock;
        if (names is null && PublishedSide.Is(before))
        {
            names = ToolLock.Of(from.Name, before);
        }
        else if (names is null && PublishedSide.Is(after))
        {
            names = ToolLock.Of(to.Name, after);
        }
        var isPublished = PublishedSide.Is(before) || PublishedSide.Is(after);
        var (older, newer) = (Side(from, before), Side(to, after));
        stages?.Report("Comparing the two");
        var changes = CatalogComparer.Compare(older, newer);
        output.Write(ChangeReport.Write(changes, format, skills.Of(changes)));
        return ExitCodes.Of(changes);

        ComparedCatalog Side(InputFile file, JsonObject root)
        {
            if (PublishedSide.Is(root))
            {
                skills.Know(root);
                return PublishedSide.Read(file.Name, root);
            }

            var pipeline = GenerationPipeline.Run(file, overlay, names, OverlayUse.WhereItFits, stages);
            skills.Know(pipeline.Catalog);
            // A lock contains less than a specification, so both sides are reduced to the content of a lock.
            return isPublished
                ? SpecificationSide.AsPublished(pipeline.Document, pipeline.Catalog)
                : SpecificationSide.Read(pipeline.Document, pipeline.Catalog);
        }
    }
}
