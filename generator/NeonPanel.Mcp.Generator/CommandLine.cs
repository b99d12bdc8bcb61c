using System.CommandLine;
using System.Text;
using NeonPanel.Mcp.Generator.Comparison;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Emission;
using NeonPanel.Mcp.Generator.Model;

namespace NeonPanel.Mcp.Generator;

/// <summary>Verbs → pipeline → files, summary, exit code. The only place that touches the disk.</summary>
internal static class CommandLine
{
    private const int Faults = 1;
    private const int Usage = 2;
    private const int Drifted = 3;
    private const int Breaking = 4;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static int Run(string[] args, TextReader input, TextWriter output, TextWriter errors)
    {
        var spec = new Option<string>("--spec") { Description = "The specification: JSON or YAML, '-' for standard input.", Required = true };
        var overlay = new Option<string?>("--overlay") { Description = "OpenAPI Overlay 1.0 to apply to it." };
        var lockFile = new Option<string?>("--lock") { Description = "The published tool catalogue." };
        var format = new Option<string>("--format") { Description = "text, json or markdown.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json", "markdown");
        var directory = new Option<string>("--out") { Description = "Folder to write to.", Required = true };
        var name = new Option<string>("--namespace") { Description = "Root namespace of the C#.", DefaultValueFactory = _ => "NeonPanel" };
        var accept = new Option<bool>("--accept-breaking") { Description = "Publish although a tool vanishes or breaks." };

        var root = new RootCommand("Turns an OpenAPI description into a typed client and MCP tools.")
        {
            Verb("generate", "Writes the C# and catalog.json.", [spec, overlay, lockFile, directory, name], parsed =>
                Generate(Pipeline(parsed, mustHaveLock: true), parsed.GetValue(spec)!, parsed.GetValue(directory)!, parsed.GetValue(name)!, output, errors)),
            Verb("check", "Tells what a client could refuse, sizes, and drift against the lock.", [spec, overlay, lockFile, format], parsed =>
                Check(Pipeline(parsed, mustHaveLock: true), parsed.GetValue(format)!, output)),
            Verb("lock", "Writes the lock: publishes the tools as they are today.", [spec, overlay, lockFile, accept], parsed =>
                parsed.GetValue(lockFile) is { } file
                    ? Lock(Pipeline(parsed, mustHaveLock: false), file, parsed.GetValue(accept), output, errors)
                    : Refuse(errors, "'lock' needs --lock FILE: the file to write.")),
            Verb("report", "Tells what became of every operation.", [spec, overlay, lockFile, format], parsed =>
            {
                output.Write(CatalogReport.Write(Pipeline(parsed, mustHaveLock: true).Catalog, parsed.GetValue(format)!));
                return 0;
            }),
        };
        var result = root.Parse(args);
        if (result.Errors.Count > 0)
        {
            foreach (var error in result.Errors)
            {
                errors.WriteLine(error.Message);
            }

            return Usage;
        }

        try
        {
            return result.Invoke(new() { Output = output, Error = errors, EnableDefaultExceptionHandler = false });
        }
        catch (FaultException fault)
        {
            errors.WriteLine(fault.Message);
            return Faults;
        }

        GenerationPipeline Pipeline(ParseResult parsed, bool mustHaveLock)
        {
            var lockName = parsed.GetValue(lockFile);
            var toolLock = lockName is null ? null
                : !mustHaveLock && !File.Exists(lockName) ? ToolLock.Empty(lockName)
                : ToolLock.Read(lockName, Read(lockName, input).Bytes);
            return GenerationPipeline.Run(
                Read(parsed.GetValue(spec)!, input),
                parsed.GetValue(overlay) is { } overlayName ? Read(overlayName, input) : null,
                toolLock);
        }
    }

    private static Command Verb(string name, string description, Option[] options, Func<ParseResult, int> action)
    {
        var command = new Command(name, description);
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        command.SetAction(action);
        return command;
    }

    private static int Generate(
        GenerationPipeline pipeline, string spec, string directory, string @namespace, TextWriter output, TextWriter errors)
    {
        if (Report(pipeline.Errors.Concat(pipeline.Drift), errors))
        {
            return Faults;
        }

        var kept = new HashSet<string>(StringComparer.Ordinal);
        var written = 0;
        foreach (var file in pipeline.Emit(@namespace))
        {
            var target = Path.GetFullPath(Path.Combine(directory, file.Path));
            kept.Add(target);
            written += WriteIfChanged(target, Utf8.GetBytes(file.Text)) ? 1 : 0;
        }

        // What integrators read is the document as published: byte for byte when it is JSON.
        var source = spec == "-" ? [] : File.ReadAllBytes(spec);
        WriteIfChanged(Path.Combine(directory, "openapi.json"),
            source.AsSpan().TrimStart(" \r\n\t\uFEFF"u8).StartsWith("{"u8) ? source : Utf8.GetBytes(JsonText.Indented(pipeline.Original)));
        WriteIfChanged(Path.Combine(directory, "openapi.yaml"), Utf8.GetBytes(SpecificationYamlEmitter.Emit(pipeline.Original)));
        foreach (var stale in Directory.EnumerateFiles(directory, "*.g.cs", SearchOption.AllDirectories)
            .Where(file => !kept.Contains(Path.GetFullPath(file))).ToList())
        {
            File.Delete(stale);
        }

        output.WriteLine($"{pipeline.Catalog.Tools.Count} tools, {pipeline.Catalog.Excluded.Count} operations excluded, " +
            $"{kept.Count} files, {written} changed.");
        return 0;
    }

    private static int Check(GenerationPipeline pipeline, string format, TextWriter output)
    {
        var findings = pipeline.Catalog.Diagnostics.Concat(CatalogRules.Check(pipeline.Catalog)).ToList();
        output.Write(CatalogReport.WriteFindings(pipeline.Catalog, [.. findings, .. pipeline.Drift], format));
        return findings.Exists(item => item.Severity == Severity.Error) ? Faults
            : pipeline.Drift.Count > 0 ? Drifted : 0;
    }

    private static int Lock(GenerationPipeline pipeline, string file, bool acceptBreaking, TextWriter output, TextWriter errors)
    {
        if (Report(pipeline.Errors.Concat(CatalogRules.Check(pipeline.Catalog).Where(item => item.Severity == Severity.Error)), errors))
        {
            return Faults;
        }

        if (!acceptBreaking && Report(pipeline.Drift.Where(item => item.Id == DiagnosticIds.Vanished), errors))
        {
            return Breaking;
        }

        WriteIfChanged(file, Utf8.GetBytes(ToolLock.Write(pipeline.Catalog)));
        output.WriteLine($"{file}: {pipeline.Catalog.Tools.Count} tools published, {pipeline.Drift.Count} changed.");
        return 0;
    }

    private static bool Report(IEnumerable<Diagnostic> diagnostics, TextWriter errors)
    {
        var any = false;
        foreach (var diagnostic in diagnostics)
        {
            errors.WriteLine(diagnostic);
            any = true;
        }

        return any;
    }

    private static int Refuse(TextWriter errors, string message)
    {
        errors.WriteLine(message);
        return Usage;
    }

    private static InputFile Read(string file, TextReader input)
    {
        try
        {
            return new(file, file == "-" ? Utf8.GetBytes(input.ReadToEnd()) : File.ReadAllBytes(file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FaultException(new(DiagnosticIds.Unreadable, Severity.Error, file, "",
                "The file cannot be read: " + (File.Exists(file) ? exception.Message : "there is no such file.")));
        }
    }

    // An unchanged file keeps its time, so that the compiler has nothing to do.
    private static bool WriteIfChanged(string file, byte[] bytes)
    {
        if (File.Exists(file) && File.ReadAllBytes(file).AsSpan().SequenceEqual(bytes))
        {
            return false;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        File.WriteAllBytes(file, bytes);
        return true;
    }
}
