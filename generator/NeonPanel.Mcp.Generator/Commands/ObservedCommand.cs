using NeonPanel.Mcp.Generator.Comparison;

namespace NeonPanel.Mcp.Generator.Commands;

/// <summary>The verb <c>diff --observed</c>: proposes what the overlay should say, from what a running server
/// saw.</summary>
internal static class ObservedCommand
{
    public static int Run(
        InputFile observed,
        InputFile specification,
        InputFile? overlay,
        ToolLock? toolLock,
        string format,
        TextWriter output,
        TextWriter errors,
        IProgress<string>? stages
    )
    {
        var seen = ObservedAnswers.Read(observed);
        var pipeline = GenerationPipeline.Run(specification, overlay, toolLock, stages: stages);
        if (CommandLine.Report(pipeline.Errors, errors))
        {
            return ExitCodes.Faults;
        }

        stages?.Report("Trying what the overlay could say");
        var proposal = OverlayProposer.Make(specification, overlay, toolLock, pipeline, seen);
        output.Write(ProposalReport.Write(proposal, seen, pipeline.Catalog.Version, format));
        // The specification does not say what the API does: 'check' calls that drift as well.
        return proposal.IsNeeded ? ExitCodes.Drifted : ExitCodes.Success;
    }
}
