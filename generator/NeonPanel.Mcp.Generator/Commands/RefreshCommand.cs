using NeonPanel.Mcp.Generator.Comparison;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Pipeline;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Commands;

/// <summary>The verb <c>refresh</c>: fetches, validates and compares a specification, and writes all files or
/// none.</summary>
/// <param name="input">Standard input, for <c>--url -</c>.</param>
/// <param name="output">Receives the summary.</param>
/// <param name="errors">Receives the reasons if nothing was written.</param>
/// <param name="stages">Receives the current step, or <see langword="null"/>.</param>
internal sealed class RefreshCommand(
    RefreshOptions options,
    TextReader input,
    TextWriter output,
    TextWriter errors,
    IProgress<string>? stages
)
{
    public int Run()
    {
        FetchedSpecification fetched;
        SpecificationDocument document;
        var toolLock = File.Exists(options.Lock) ? ToolLock.Read(options.Lock, File.ReadAllBytes(options.Lock)) : null;
        try
        {
            stages?.Report("Fetching the specification");
            fetched = Fetch(toolLock is not null);
            if (fetched.Bytes is null)
            {
                return Unchanged();
            }

            SpecificationFetch.Check(options.Url, fetched.Bytes);
            document = SpecificationReader.Read(options.Url, fetched.Bytes, []);
        }
        catch (FaultException fault)
        {
            return Refuse(fault.Message);
        }

        var before = File.Exists(options.Specification) ? Disk.ReadSpecification(options.Specification, input) : null;
        var known = before is null ? null : SpecificationReader.Read(before.Name, before.Bytes, []).Root;
        var root = known is null ? document.Root : CanonicalOrder.Follow(document.Root, known);
        var after = new InputFile(options.Specification, Disk.Utf8.GetBytes(JsonText.Indented(root)))
        {
            Seen = before?.Seen,
        };
        var source = fetched.ETag is { } tag ? RememberedSource.Of(options.Url, tag, after.Bytes) : null;
        if (before is not null && toolLock is not null && before.Bytes.AsSpan().SequenceEqual(after.Bytes))
        {
            Disk.WriteTogether(Sidecar(source));
            return Unchanged();
        }

        if (SameApi.ReasonAgainst(root, known) is { } reason)
        {
            return Refuse(options.Url + ": " + reason);
        }

        var overlay = options.Overlay is null ? null : Disk.Read(options.Overlay, input);
        IReadOnlyList<InputFile> skills = options.Skills is null ? [] : SkillFolder.Read(options.Skills);
        var pipeline = GenerationPipeline.Run(after, overlay, toolLock, OverlayUse.WhereItFits, stages, skills: skills);
        if (pipeline.Errors.Where(item => !IsForTheReader(item.Id)).ToList() is { Count: > 0 } faults)
        {
            return Refuse(string.Join('\n', faults));
        }

        stages?.Report("Comparing with what is published");
        var report = new RefreshReport(
            fetched.Address,
            options,
            known,
            root,
            pipeline,
            Compare(before, overlay, toolLock, pipeline),
            Touches(skills, toolLock, pipeline)
        );
        var isWritten = options.AcceptsBreaking || ExitCodes.Of(report.Changes) != ExitCodes.Breaking;
        if (!isWritten)
        {
            Report(report.Write(isWritten));
        }
        else
        {
            var published = (toolLock ?? ToolLock.Empty(options.Lock)).Publish(pipeline.Catalog);
            Disk.WriteTogether([
                (options.Specification, after.Bytes),
                (options.Lock, Disk.Utf8.GetBytes(published)),
                .. Sidecar(source),
                .. Reports(report),
            ]);
        }

        output.Write(ChangeReport.Write(report.Changes, "text", report.Skills));
        output.WriteLine(report.Outcome(isWritten));
        return ExitCodes.Of(report.Changes);
    }

    // These faults stop the build, and the report names them; a person corrects the overlay or the skill.
    private static bool IsForTheReader(string id) =>
        id is DiagnosticIds.OverlayMember or DiagnosticIds.NameClash or DiagnosticIds.Skill;

    private static SkillTouches Touches(
        IReadOnlyList<InputFile> skills,
        ToolLock? toolLock,
        GenerationPipeline pipeline
    )
    {
        var touches = new SkillTouches(skills);
        touches.Know(pipeline.Catalog);
        if (toolLock is not null)
        {
            touches.Know(toolLock.Root);
        }

        return touches;
    }

    private IEnumerable<(string File, byte[] Bytes)> Reports(RefreshReport report)
    {
        if (options.Changelog is { } changelog)
        {
            var before = File.Exists(changelog) ? File.ReadAllText(changelog) : "";
            yield return (changelog, Disk.Utf8.GetBytes(report.AddTo(before)));
        }

        if (options.Report is { } file)
        {
            yield return (file, Disk.Utf8.GetBytes(report.Write(isWritten: true)));
        }
    }

    private FetchedSpecification Fetch(bool hasLock) =>
        SpecificationFetch.IsAddress(options.Url)
            ? SpecificationFetch.Get(
                options.Url,
                hasLock ? RememberedSource.TagFor(options.Specification, options.Url) : null
            )
            : new(Disk.Read(options.Url, input).Bytes, null, options.Url);

    // Compares with the published specification in full if it is on disk, otherwise with the lock.
    private IReadOnlyList<Change> Compare(
        InputFile? before,
        InputFile? overlay,
        ToolLock? toolLock,
        GenerationPipeline after
    )
    {
        var published = toolLock is null ? null : PublishedSide.Read(options.Lock, toolLock.Root);
        var asLocked = published is null
            ? []
            : CatalogComparer.Compare(published, SpecificationSide.AsPublished(after.Document, after.Catalog));
        if (before is null)
        {
            return asLocked;
        }

        // The older side is built with the current overlay. What an earlier overlay said about a tool comes from the
        // lock.
        var locked = published?.Tools.ToDictionary(tool => tool.Name, StringComparer.Ordinal) ?? [];
        var old = GenerationPipeline.Run(before, overlay, toolLock, OverlayUse.WhereItFits);
        var side = SpecificationSide.Read(old.Document, old.Catalog);
        side = side with { Tools = [.. side.Tools.Select(tool => AsPromised(tool, locked))] };
        var changes = CatalogComparer.Compare(side, SpecificationSide.Read(after.Document, after.Catalog));
        // If specification and lock did not match, the lock decides, because callers know its content.
        var told = changes
            .Where(change => change.Class == ChangeClass.Breaking)
            .Select(change => change.Tool)
            .ToHashSet();
        return CatalogComparer.InOrder(
            changes
                .Concat(asLocked.Where(change => change.Class == ChangeClass.Breaking && !told.Contains(change.Tool)))
                .Concat(after.PassedOver.Select(Unmatched))
        );
    }

    private static ComparedTool AsPromised(ComparedTool tool, Dictionary<string, ComparedTool> locked) =>
        locked.TryGetValue(tool.Name, out var promise)
            ? tool with
            {
                Profiles = promise.Profiles,
                Hints = promise.Hints,
                Aliases = promise.Aliases,
                ArgumentAliases = promise.ArgumentAliases,
            }
            : tool;

    private static Change Unmatched(OverlayAction action) =>
        new(
            ChangeClass.Risky,
            CallerImpact.Compatible,
            ChangeKind.OverlayUnmatched,
            null,
            action.Pointer,
            $"An action of the overlay matches nothing any more, and the build stops until it is corrected or deleted: {action.Target.TrimEnd('.')}."
        )
        {
            Pointer = action.Pointer,
        };

    private IEnumerable<(string File, byte[] Bytes)> Sidecar(RememberedSource? source) =>
        source is null ? [] : [(RememberedSource.FileOf(options.Specification), source.Write())];

    private int Unchanged()
    {
        Report("**No change.** The specification is the one that is published already.\n");
        output.WriteLine("No change: the specification is the one that is published already.");
        return ExitCodes.Success;
    }

    private void Report(string text)
    {
        if (options.Report is { } file)
        {
            Disk.WriteIfChanged(file, Disk.Utf8.GetBytes(text));
        }
    }

    private int Refuse(string message)
    {
        errors.WriteLine(message);
        errors.WriteLine("Nothing was written.");
        return ExitCodes.NotFetched;
    }
}

/// <summary>The options of <c>refresh</c>.</summary>
/// <param name="Url">The source: an address, a file, or <c>-</c>.</param>
/// <param name="Overlay">The overlay, or <see langword="null"/>.</param>
/// <param name="Skills">The folder of the skills, or <see langword="null"/>.</param>
/// <param name="AcceptsBreaking">Whether to write even if callers break.</param>
/// <param name="Report">File for the text of a pull request, or <see langword="null"/>.</param>
/// <param name="Changelog">Change log to which an entry is added, or <see langword="null"/>.</param>
internal sealed record RefreshOptions(
    string Url,
    string Specification,
    string? Overlay,
    string Lock,
    string? Skills,
    bool AcceptsBreaking,
    string? Report,
    string? Changelog
);
