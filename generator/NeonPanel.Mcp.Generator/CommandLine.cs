using System.CommandLine;
using System.Text.RegularExpressions;
using NeonPanel.Mcp.Generator.Commands;
using NeonPanel.Mcp.Generator.Comparison;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Emission;
using NeonPanel.Mcp.Generator.Model;

namespace NeonPanel.Mcp.Generator;

/// <summary>Parses the command line, runs a verb, and returns its exit code. Only this class and <see cref="Commands"/>
/// use the disk.</summary>
internal static partial class CommandLine
{
    private const string OurOverlay = "spec/neonpanel.overlay.json";
    private const string OurLock = "spec/neonpanel.tools.lock.json";

    /// <param name="stages">Receives the current step, or <see langword="null"/>.</param>
    public static int Run(
        string[] args,
        TextReader input,
        TextWriter output,
        TextWriter errors,
        IProgress<string>? stages = null
    )
    {
        var spec = new Option<string>("--spec")
        {
            Description = "The specification: JSON or YAML, '-' for standard input.",
            Required = true,
        };
        var overlay = new Option<string?>("--overlay") { Description = "OpenAPI Overlay 1.0 to apply to it." };
        var lockFile = new Option<string?>("--lock") { Description = "The published tool catalogue." };
        var format = new Option<string>("--format")
        {
            Description = "text, json or markdown.",
            DefaultValueFactory = _ => "text",
        };
        format.AcceptOnlyFromAmong("text", "json", "markdown");
        var reportFormat = new Option<string>("--format")
        {
            Description = "text, json, markdown, or html: one page that needs no other file.",
            DefaultValueFactory = _ => "text",
        };
        reportFormat.AcceptOnlyFromAmong("text", "json", "markdown", "html");
        var directory = new Option<string>("--out") { Description = "Folder to write to.", Required = true };
        var name = new Option<string>("--namespace")
        {
            Description = "Root namespace of the C#.",
            DefaultValueFactory = _ => "NeonPanel",
        };
        name.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: { Length: > 0 } value }] && !Namespace().IsMatch(value))
            {
                result.AddError(
                    $"Option '--namespace' is '{value}'; names of letters, digits and '_' with dots between them are expected, such as Acme.Shop."
                );
            }
        });
        var accept = new Option<bool>("--accept-breaking")
        {
            Description = "Publish although a tool vanishes or breaks.",
        };
        var from = new Option<string?>("--from") { Description = "The older specification, lock or catalogue." };
        var to = new Option<string?>("--to") { Description = "The newer one." };
        var observed = new Option<string?>("--observed")
        {
            Description =
                "Instead of --from and --to: what a running server saw of answers, to propose overlay actions for --spec. "
                + $"Save it with: {ObservedAnswers.HowToSave}",
        };

        var url = new Option<string>("--url")
        {
            Description = "Where from: an address, a file, or '-'.",
            DefaultValueFactory = _ => "https://my.neonpanel.com/api/v1/openapi",
        };
        var ourSpec = new Option<string>("--spec")
        {
            Description = "The specification.",
            DefaultValueFactory = _ => "spec/neonpanel.openapi.json",
        };
        var ourOverlay = new Option<string?>("--overlay")
        {
            Description = "The overlay applied to it; by default spec/neonpanel.overlay.json where there is one.",
        };
        var ourLock = new Option<string>("--lock")
        {
            Description = "The published tool catalogue.",
            DefaultValueFactory = _ => OurLock,
        };
        var reportFile = new Option<string?>("--report")
        {
            Description = "Takes what changed, as the text of a pull request.",
        };
        var changelog = new Option<string?>("--changelog")
        {
            Description = "Gets an entry under 'Changed' of 'Unreleased'.",
        };

        var root = new RootCommand("Turns an OpenAPI description into a typed client and MCP tools.")
        {
            Verb("generate", "Writes the C# and catalog.json.", [spec, overlay, lockFile, directory, name], parsed =>
            {
                TypedClientEmitter.Prepare();
                return GenerateCommand.Run(
                    Pipeline(parsed, TokenUse.Locked),
                    parsed.GetValue(spec)!,
                    parsed.GetValue(directory)!,
                    parsed.GetValue(name)!,
                    output,
                    errors,
                    stages
                );
            }),
            Verb(
                "check",
                "Tells what a client could refuse, sizes, and drift against the lock.",
                [spec, overlay, lockFile, format],
                parsed => Check(Pipeline(parsed), parsed.GetValue(format)!, output)
            ),
            Verb(
                "diff",
                "Tells what changed between two files, and for whom it breaks; or what the overlay lacks for the answers a server saw.",
                [from, to, observed, ourSpec, overlay, lockFile, format],
                parsed =>
                    (parsed.GetValue(from), parsed.GetValue(to), parsed.GetValue(observed)) switch
                    {
                        ({ } older, { } newer, null) when parsed.GetResult(ourSpec) is null or { Implicit: true } =>
                            DiffCommand.Run(
                                Read(older),
                                Read(newer),
                                Overlay(parsed),
                                Lock(parsed),
                                parsed.GetValue(format)!,
                                output,
                                stages
                            ),
                        (null, null, { } file) => ObservedCommand.Run(
                            Read(file),
                            Read(parsed.GetValue(ourSpec)!),
                            Overlay(parsed) ?? Ours(OurOverlay, parsed, Read),
                            Lock(parsed) ?? Ours(OurLock, parsed, name => ToolLock.Read(name, Read(name).Bytes)),
                            parsed.GetValue(format)!,
                            output,
                            errors,
                            stages
                        ),
                        _ => Refuse(
                            errors,
                            "'diff' needs --from FILE and --to FILE, or --observed FILE alone, which takes --spec as well."
                        ),
                    }
            ),
            Verb(
                "lock",
                "Writes the lock: publishes the tools as they are today.",
                [spec, overlay, lockFile, accept],
                parsed =>
                    parsed.GetValue(lockFile) is { } file
                        ? LockCommand.Run(
                            Read(parsed.GetValue(spec)!),
                            Overlay(parsed),
                            File.Exists(file) ? Lock(parsed)! : ToolLock.Empty(file),
                            file,
                            parsed.GetValue(accept),
                            output,
                            errors,
                            stages
                        )
                        : Refuse(errors, "'lock' needs --lock FILE: the file to write.")
            ),
            Verb(
                "refresh",
                "Fetches the specification, tells what changed, and writes it with its lock.",
                [url, ourSpec, ourOverlay, ourLock, accept, reportFile, changelog],
                parsed =>
                    new RefreshCommand(
                        new(
                            parsed.GetValue(url)!,
                            parsed.GetValue(ourSpec)!,
                            parsed.GetValue(ourOverlay) ?? (File.Exists(OurOverlay) ? OurOverlay : null),
                            parsed.GetValue(ourLock)!,
                            parsed.GetValue(accept),
                            parsed.GetValue(reportFile),
                            parsed.GetValue(changelog)
                        ),
                        input,
                        output,
                        errors,
                        stages
                    ).Run()
            ),
            Verb("report", "Tells what became of every operation.", [spec, overlay, lockFile, reportFormat], parsed =>
            {
                output.Write(CatalogReport.Write(Pipeline(parsed).Catalog, parsed.GetValue(reportFormat)!));
                return ExitCodes.Success;
            }),
        };
        var result = root.Parse(args);
        if (result.Errors.Count > 0)
        {
            foreach (var error in result.Errors)
            {
                errors.WriteLine(error.Message);
            }

            return ExitCodes.Usage;
        }

        try
        {
            return result.Invoke(
                new()
                {
                    Output = output,
                    Error = errors,
                    EnableDefaultExceptionHandler = false,
                }
            );
        }
        catch (FaultException fault)
        {
            errors.WriteLine(fault.Message);
            return ExitCodes.Faults;
        }
        // The remaining causes: a full disk behind standard output, a folder that must not be listed.
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine(exception.Message);
            return ExitCodes.Faults;
        }

        InputFile Read(string file) => Disk.Read(file, input);

        InputFile? Overlay(ParseResult parsed) => parsed.GetValue(overlay) is { } file ? Read(file) : null;

        ToolLock? Lock(ParseResult parsed) =>
            parsed.GetValue(lockFile) is { } file ? ToolLock.Read(file, Read(file).Bytes) : null;

        // The repository's specification uses the repository's overlay and lock by default. Another specification uses
        // only files that the command line names.
        T? Ours<T>(string file, ParseResult parsed, Func<string, T> read)
            where T : class =>
            parsed.GetResult(ourSpec) is null or { Implicit: true } && File.Exists(file) ? read(file) : null;

        GenerationPipeline Pipeline(ParseResult parsed, TokenUse tokens = TokenUse.Counted)
        {
            if (tokens == TokenUse.Counted || parsed.GetValue(lockFile) is null)
            {
                TokenCounter.Prepare();
            }

            return GenerationPipeline.Run(
                Read(parsed.GetValue(spec)!),
                Overlay(parsed),
                Lock(parsed),
                stages: stages,
                tokens: tokens
            );
        }
    }

    /// <summary>Writes diagnostics.</summary>
    /// <returns>Whether there were any.</returns>
    public static bool Report(IEnumerable<Diagnostic> diagnostics, TextWriter errors)
    {
        var any = false;
        foreach (var diagnostic in diagnostics)
        {
            errors.WriteLine(diagnostic);
            any = true;
        }

        return any;
    }

    private static Command Verb(string name, string description, Option[] options, Func<ParseResult, int> action)
    {
        var command = new Command(name, description);
        foreach (var option in options)
        {
            option.Validators.Add(result =>
            {
                if (result.Tokens.Any(token => token.Value.Length == 0))
                {
                    result.AddError($"Option '{option.Name}' is empty; a value is expected.");
                }
            });
            command.Options.Add(option);
        }

        command.SetAction(action);
        return command;
    }

    private static int Check(GenerationPipeline pipeline, string format, TextWriter output)
    {
        var findings = pipeline
            .Catalog.Diagnostics.Concat(CatalogRules.Check(pipeline.Catalog))
            .Concat(LimitRules.Check(pipeline.Document, pipeline.Catalog))
            .ToList();
        output.Write(CatalogReport.WriteFindings(pipeline.Catalog, [.. findings, .. pipeline.Drift], format));
        if (findings.Exists(item => item.Severity == Severity.Error))
        {
            return ExitCodes.Faults;
        }

        if (pipeline.Drift.Count > 0)
        {
            return ExitCodes.Drifted;
        }

        return ExitCodes.Success;
    }

    private static int Refuse(TextWriter errors, string message)
    {
        errors.WriteLine(message);
        return ExitCodes.Usage;
    }

    [GeneratedRegex(@"^[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}_][\p{L}\p{N}_]*)*\z")]
    private static partial Regex Namespace();
}
