using NeonPanel.Mcp.Generator.Comparison;
using NeonPanel.Mcp.Generator.Pipeline;
using NeonPanel.Mcp.Generator.Proposals;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Commands;

/// <summary>The verb <c>diff --observed</c>: proposes overlay actions for differences that a running server
/// observed.</summary>
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
        // The same exit code as for drift in 'check', because the specification does not describe the API correctly.
        return proposal.IsNeeded ? ExitCodes.Drifted : ExitCodes.Success;
    }
}
