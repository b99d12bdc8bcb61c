using NeonPanel.Mcp.Generator.Comparison;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Pipeline;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Rules;

namespace NeonPanel.Mcp.Generator.Commands;

/// <summary>The verb <c>lock</c>.</summary>
internal static class LockCommand
{
    public static int Run(
        InputFile spec,
        InputFile? overlay,
        ToolLock toolLock,
        string file,
        bool acceptBreaking,
        TextWriter output,
        TextWriter errors,
        IProgress<string>? stages
    )
    {
        var pipeline = GenerationPipeline.Run(spec, overlay, toolLock, stages: stages);
        if (CommandLine.Report(pipeline.Errors, errors))
        {
            return ExitCodes.Faults;
        }

        // The findings are only reported here; the verb 'check' fails because of them.
        CommandLine.Report(CatalogRules.Check(pipeline.Catalog).Where(item => item.Severity == Severity.Error), errors);

        if (
            !acceptBreaking
            && CommandLine.Report(pipeline.Drift.Where(item => item.Id == DiagnosticIds.Vanished), errors)
        )
        {
            return ExitCodes.Breaking;
        }

        Disk.WriteIfChanged(file, Disk.Utf8.GetBytes(toolLock.Publish(pipeline.Catalog)));
        output.WriteLine($"{file}: {pipeline.Catalog.Tools.Count} tools published, {pipeline.Drift.Count} changed.");
        return ExitCodes.Success;
    }
}
