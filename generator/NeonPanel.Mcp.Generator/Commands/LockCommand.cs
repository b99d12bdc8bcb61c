using NeonPanel.Mcp.Generator.Comparison;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Model;

namespace NeonPanel.Mcp.Generator.Commands;

/// <summary>The verb <c>lock</c>.</summary>
internal static class LockCommand
{
    public static int Run(GenerationPipeline pipeline, string file, bool acceptBreaking, TextWriter output, TextWriter errors)
    {
        if (CommandLine.Report(pipeline.Errors.Concat(CatalogRules.Check(pipeline.Catalog).Where(item => item.Severity == Severity.Error)), errors))
        {
            return ExitCodes.Faults;
        }

        if (!acceptBreaking && CommandLine.Report(pipeline.Drift.Where(item => item.Id == DiagnosticIds.Vanished), errors))
        {
            return ExitCodes.Breaking;
        }

        Disk.WriteIfChanged(file, Disk.Utf8.GetBytes(ToolLock.Write(pipeline.Catalog)));
        output.WriteLine($"{file}: {pipeline.Catalog.Tools.Count} tools published, {pipeline.Drift.Count} changed.");
        return ExitCodes.Success;
    }
}
