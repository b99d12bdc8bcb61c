using System.CommandLine;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Comparison;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Emission;
using NeonPanel.Mcp.Generator.Pipeline;
using NeonPanel.Mcp.Generator.Publishing;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Reports;
using NeonPanel.Mcp.Generator.Rules;

namespace NeonPanel.Mcp.Generator.Commands;

/// <summary>The verbs of the command line: each reads its files and runs a command.</summary>
/// <param name="stages">Receives the current step, or <see langword="null"/>.</param>
internal sealed class Verbs(TextReader input, TextWriter output, TextWriter errors, IProgress<string>? stages)
{
    private readonly VerbOptions options = new();

    /// <summary>Returns the verbs in the order of the help text.</summary>
    public IEnumerable<Command> All() =>
        [
            Verb(
                "generate",
                "Writes the C# and catalog.json.",
                [
                    options.Spec,
                    options.Overlay,
                    options.Lock,
                    options.Skills,
                    options.Folder,
                    options.RootNamespace,
                    options.Lines,
                ],
                Generate
            ),
            Verb(
                "check",
                "Tells what a client could refuse, sizes, and drift against the lock; with --for what a directory would refuse.",
                [
                    options.Spec,
                    options.Overlay,
                    options.Lock,
                    options.Skills,
                    options.OneDirectory,
                    options.Publish,
                    options.Address,
                    options.Release,
                    options.Format,
                ],
                Check
            ),
            Verb(
                "diff",
                "Tells what changed between two files, and for whom it breaks; or what the overlay lacks for the answers a server saw.",
                [
                    options.From,
                    options.To,
                    options.Observed,
                    options.OurSpec,
                    options.Overlay,
                    options.Lock,
                    options.Skills,
                    options.Format,
                ],
                Diff
            ),
            Verb(
                "observe",
                "Adds the kinds of values that a server saw in answers to the file beside the specification.",
                [options.ServerObserved, options.OurSpec],
                Observe
            ),
            Verb(
                "lock",
                "Writes the lock: publishes the tools as they are today.",
                [options.Spec, options.Overlay, options.Lock, options.AcceptBreaking],
                WriteLock
            ),
            Verb(
                "refresh",
                "Fetches the specification, tells what changed, and writes it with its lock.",
                [
                    options.Url,
                    options.OurSpec,
                    options.OurOverlay,
                    options.OurLock,
                    options.OurSkills,
                    options.AcceptBreaking,
                    options.ReportFile,
                    options.Changelog,
                ],
                Refresh
            ),
            Verb(
                "report",
                "Tells what became of every operation.",
                [options.Spec, options.Overlay, options.Lock, options.ReportFormat],
                Report
            ),
            Verb(
                "skills",
                "Writes the skills as a plugin folder, after checking them.",
                [options.Spec, options.Overlay, options.Lock, options.SkillsToExport, options.Server, options.Folder],
                ExportSkills
            ),
            Verb(
                "publish",
                "Writes the files for directories and the install snippets, after checking them.",
                [
                    options.Spec,
                    options.Overlay,
                    options.Lock,
                    options.Skills,
                    options.Publish,
                    options.Address,
                    options.Release,
                    options.Directories,
                    options.Folder,
                ],
                Publish
            ),
        ];

    private int Generate(ParseResult parsed)
    {
        TypedClientEmitter.Prepare();
        return GenerateCommand.Run(
            Pipeline(parsed, TokenUse.Locked),
            parsed.GetValue(options.Spec)!,
            parsed.GetValue(options.Folder)!,
            parsed.GetValue(options.RootNamespace)!,
            output,
            errors,
            stages,
            parsed.GetValue(options.Lines)
        );
    }

    private int Check(ParseResult parsed)
    {
        var pipeline = Pipeline(parsed);
        var findings = parsed.GetValue(options.OneDirectory) is { } directory
            ? pipeline.Errors.Concat(Directories.Check(directory, Listing(parsed, pipeline.Catalog))).ToList()
            : pipeline
                .Catalog.Diagnostics.Concat(CatalogRules.Check(pipeline.Catalog))
                .Concat(LimitRules.Check(pipeline.Document, pipeline.Catalog))
                .ToList();
        output.Write(
            CatalogReport.WriteFindings(
                pipeline.Catalog,
                [.. findings, .. pipeline.Drift],
                parsed.GetValue(options.Format)!
            )
        );
        if (findings.Exists(item => item.Severity == Severity.Error))
        {
            return ExitCodes.Faults;
        }

        return pipeline.Drift.Count > 0 ? ExitCodes.Drifted : ExitCodes.Success;
    }

    private int Diff(ParseResult parsed)
    {
        var isOurSpec = parsed.GetResult(options.OurSpec) is null or { Implicit: true };
        return (parsed.GetValue(options.From), parsed.GetValue(options.To), parsed.GetValue(options.Observed)) switch
        {
            ({ } older, { } newer, null) when isOurSpec => DiffCommand.Run(
                ReadSpecification(older),
                ReadSpecification(newer),
                Overlay(parsed),
                Lock(parsed),
                new(Skills(parsed)),
                parsed.GetValue(options.Format)!,
                output,
                stages
            ),
            // The repository's specification uses the repository's overlay and lock by default. Another specification
            // uses only files that the command line names.
            (null, null, { } file) => ObservedCommand.Run(
                Read(file),
                ReadSpecification(parsed.GetValue(options.OurSpec)!),
                Overlay(parsed)
                    ?? (isOurSpec && File.Exists(VerbOptions.OurOverlayFile) ? Read(VerbOptions.OurOverlayFile) : null),
                Lock(parsed)
                    ?? (isOurSpec && File.Exists(VerbOptions.OurLockFile) ? Lock(VerbOptions.OurLockFile) : null),
                parsed.GetValue(options.Format)!,
                output,
                errors,
                stages
            ),
            _ => Refuse(
                "'diff' needs --from FILE and --to FILE, or --observed FILE alone, which takes --spec as well."
            ),
        };
    }

    private int Observe(ParseResult parsed) =>
        ObserveCommand.Run(
            Read(parsed.GetValue(options.ServerObserved)!),
            parsed.GetValue(options.OurSpec)!,
            output,
            errors
        );

    private int WriteLock(ParseResult parsed)
    {
        if (parsed.GetValue(options.Lock) is not { } file)
        {
            return Refuse("'lock' needs --lock FILE: the file to write.");
        }

        return LockCommand.Run(
            ReadSpecification(parsed.GetValue(options.Spec)!),
            Overlay(parsed),
            File.Exists(file) ? Lock(file) : ToolLock.Empty(file),
            file,
            parsed.GetValue(options.AcceptBreaking),
            output,
            errors,
            stages
        );
    }

    private int Refresh(ParseResult parsed) =>
        new RefreshCommand(
            new(
                parsed.GetValue(options.Url)!,
                parsed.GetValue(options.OurSpec)!,
                parsed.GetValue(options.OurOverlay)
                    ?? (File.Exists(VerbOptions.OurOverlayFile) ? VerbOptions.OurOverlayFile : null),
                parsed.GetValue(options.OurLock)!,
                parsed.GetValue(options.OurSkills)
                    ?? (Directory.Exists(VerbOptions.OurSkillsFolder) ? VerbOptions.OurSkillsFolder : null),
                parsed.GetValue(options.AcceptBreaking),
                parsed.GetValue(options.ReportFile),
                parsed.GetValue(options.Changelog)
            ),
            input,
            output,
            errors,
            stages
        ).Run();

    private int Report(ParseResult parsed)
    {
        output.Write(CatalogReport.Write(Pipeline(parsed).Catalog, parsed.GetValue(options.ReportFormat)!));
        return ExitCodes.Success;
    }

    private int ExportSkills(ParseResult parsed) =>
        SkillsCommand.Run(
            GenerationPipeline.Run(
                Read(parsed.GetValue(options.Spec)!),
                Overlay(parsed),
                Lock(parsed),
                stages: stages,
                tokens: TokenUse.Locked,
                skills: SkillFolder.Read(parsed.GetValue(options.SkillsToExport)!)
            ),
            parsed.GetValue(options.Folder)!,
            parsed.GetValue(options.Server),
            output,
            errors
        );

    private int Publish(ParseResult parsed)
    {
        var pipeline = Pipeline(parsed, TokenUse.Locked);
        if (CommandLine.Report(pipeline.Errors, errors))
        {
            return ExitCodes.Faults;
        }

        var chosen = parsed.GetValue(options.Directories) ?? [];
        return PublishCommand.Run(
            Listing(parsed, pipeline.Catalog),
            [.. Directories.Names.Where(name => chosen.Length == 0 || chosen.Contains(name))],
            parsed.GetValue(options.Folder)!,
            output,
            errors
        );
    }

    private Listing Listing(ParseResult parsed, CatalogModel catalog)
    {
        var data = parsed.GetValue(options.Publish) is { } file ? PublishData.Read(Read(file)) : new("--publish", []);
        return Publishing.Listing.Of(
            catalog,
            data.At(parsed.GetValue(options.Address)),
            parsed.GetValue(options.Release) ?? ReleaseVersion.Number
        );
    }

    private InputFile Read(string file) => Disk.Read(file, input);

    private InputFile ReadSpecification(string file) => Disk.ReadSpecification(file, input);

    private InputFile? Overlay(ParseResult parsed) => parsed.GetValue(options.Overlay) is { } file ? Read(file) : null;

    private IReadOnlyList<InputFile> Skills(ParseResult parsed) =>
        parsed.GetResult(options.Skills) is not null && parsed.GetValue(options.Skills) is { } folder
            ? SkillFolder.Read(folder)
            : [];

    private ToolLock? Lock(ParseResult parsed) => parsed.GetValue(options.Lock) is { } file ? Lock(file) : null;

    private ToolLock Lock(string file) => ToolLock.Read(file, Read(file).Bytes);

    private GenerationPipeline Pipeline(ParseResult parsed, TokenUse tokens = TokenUse.Counted)
    {
        if (tokens == TokenUse.Counted || parsed.GetValue(options.Lock) is null)
        {
            TokenCounter.Prepare();
        }

        return GenerationPipeline.Run(
            ReadSpecification(parsed.GetValue(options.Spec)!),
            Overlay(parsed),
            Lock(parsed),
            stages: stages,
            tokens: tokens,
            skills: Skills(parsed)
        );
    }

    private int Refuse(string message)
    {
        errors.WriteLine(message);
        return ExitCodes.Usage;
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
}
