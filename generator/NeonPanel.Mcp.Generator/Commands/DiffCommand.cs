using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Comparison;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Commands;

/// <summary>The verb <c>diff</c>: two specifications, locks or catalogues, of whatever kind each is.</summary>
internal static class DiffCommand
{
    /// <param name="from">The older file.</param>
    /// <param name="to">The newer file.</param>
    /// <param name="overlay">Applied to what is a specification; what it does not find there is passed over.</param>
    /// <param name="toolLock">Names the tools of what is a specification.</param>
    /// <param name="format">text, json or markdown.</param>
    public static int Run(
        InputFile from,
        InputFile to,
        InputFile? overlay,
        ToolLock? toolLock,
        string format,
        TextWriter output,
        IProgress<string>? stages
    )
    {
        var (before, after) = (
            SpecificationReader.Parse(from.Name, from.Bytes, []),
            SpecificationReader.Parse(to.Name, to.Bytes, [])
        );
        // A name outlives a move where it was published: a lock on the other side says so as well as one that was
        // named.
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
        output.Write(ChangeReport.Write(changes, format));
        return ExitCodes.Of(changes);

        ComparedCatalog Side(InputFile file, JsonObject root)
        {
            if (PublishedSide.Is(root))
            {
                return PublishedSide.Read(file.Name, root);
            }

            var pipeline = GenerationPipeline.Run(file, overlay, names, OverlayUse.WhereItFits, stages);
            // A lock says less than a specification: the two are compared in what a lock says.
            return isPublished ? SpecificationSide.AsPublished(pipeline) : SpecificationSide.Read(pipeline);
        }
    }
}
