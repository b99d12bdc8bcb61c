using NeonPanel.Mcp.Generator.Emission;
using NeonPanel.Mcp.Generator.Model;

namespace NeonPanel.Mcp.Generator.Commands;

/// <summary>The verb <c>generate</c>.</summary>
internal static class GenerateCommand
{
    public static int Run(
        GenerationPipeline pipeline,
        string spec,
        string directory,
        string @namespace,
        TextWriter output,
        TextWriter errors,
        IProgress<string>? stages
    )
    {
        if (CommandLine.Report(pipeline.Errors.Concat(pipeline.Drift), errors))
        {
            return ExitCodes.Faults;
        }

        stages?.Report("Writing the tools and their requests");
        var kept = new HashSet<string>(StringComparer.Ordinal);
        var written = 0;
        // Runs on its own thread, because the typed client takes as long as all other files together.
        var typedClient = default(Task<bool>);
        foreach (var file in pipeline.Emit(@namespace))
        {
            var target = Path.GetFullPath(Path.Combine(directory, file.Path));
            kept.Add(target);
            if (typedClient is null)
            {
                typedClient = Task.Run(() => Disk.WriteIfChanged(target, file.Parts));
            }
            else
            {
                written += Disk.WriteIfChanged(target, file.Parts) ? 1 : 0;
            }
        }

        // Integrators read the published document. If it is JSON, its bytes are copied unchanged.
        var source = spec == "-" ? [] : File.ReadAllBytes(spec);
        Disk.WriteIfChanged(
            Path.Combine(directory, "openapi.json"),
            source.AsSpan().TrimStart(" \r\n\t\uFEFF"u8).StartsWith("{"u8)
                ? source
                : Disk.Utf8.GetBytes(JsonText.Indented(pipeline.Original))
        );
        Disk.WriteIfChanged(Path.Combine(directory, "openapi.yaml"), SpecificationYamlEmitter.Emit(pipeline.Original));
        stages?.Report("Writing the typed client");
        written += typedClient!.GetAwaiter().GetResult() ? 1 : 0;
        foreach (
            var stale in Directory
                .EnumerateFiles(directory, "*.g.cs", SearchOption.AllDirectories)
                .Where(file => !kept.Contains(Path.GetFullPath(file)))
                .ToList()
        )
        {
            File.Delete(stale);
        }

        output.WriteLine(
            $"{pipeline.Catalog.Tools.Count} tools, {pipeline.Catalog.Excluded.Count} operations excluded, "
                + $"{kept.Count} files, {written} changed."
        );
        return ExitCodes.Success;
    }
}
