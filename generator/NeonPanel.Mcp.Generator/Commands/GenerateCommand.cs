using NeonPanel.Mcp.Generator.Emission;
using NeonPanel.Mcp.Generator.Pipeline;
using NeonPanel.Mcp.Generator.Texts;

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
        IProgress<string>? stages,
        bool hasLines = false
    )
    {
        if (CommandLine.Report(pipeline.Errors.Concat(pipeline.Drift), errors, hasLines))
        {
            return ExitCodes.Faults;
        }

        var kept = new HashSet<string>(StringComparer.Ordinal);
        var written = WriteAll(pipeline, spec, directory, @namespace, kept, stages);
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

    // Returns the number of C# files that changed, and adds the path of each to those that are kept.
    private static int WriteAll(
        GenerationPipeline pipeline,
        string spec,
        string directory,
        string @namespace,
        HashSet<string> kept,
        IProgress<string>? stages
    )
    {
        stages?.Report("Writing the tools and their requests");
        var written = 0;
        // Runs on its own thread, because the typed client takes as long as all other files together.
        var typedClient = default(Task<bool>);
        try
        {
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
            var json = source.AsSpan().TrimStart(" \r\n\t\uFEFF"u8).StartsWith("{"u8)
                ? source
                : Disk.Utf8.GetBytes(JsonText.Indented(pipeline.Original));
            Disk.WriteIfChanged(Path.Combine(directory, "openapi.json"), json);
            var yaml = SpecificationYamlEmitter.Emit(pipeline.Original);
            Disk.WriteIfChanged(Path.Combine(directory, "openapi.yaml"), yaml);
            stages?.Report("Writing the typed client");
            return written + (typedClient!.GetAwaiter().GetResult() ? 1 : 0);
        }
        finally
        {
            // If another file cannot be written, the thread must not write after this command has ended.
            Task.WhenAny(typedClient ?? Task.CompletedTask).GetAwaiter().GetResult();
        }
    }
}
