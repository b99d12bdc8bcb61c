using System.Text;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Comparison;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Emission;
using NeonPanel.Mcp.Generator.Model;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Commands;

/// <summary>The verb <c>refresh</c>: fetches the specification, tells what changed and for whom it breaks, and writes
/// specification and lock together, or neither.</summary>
internal sealed class RefreshCommand(RefreshFiles files, bool acceptBreaking, TextWriter output, TextWriter errors)
{
    public int Run(string url)
    {
        var former = Disk.Read(files.Specification, TextReader.Null);
        var tag = RememberedTag.Read(files.Tag, url, former.Bytes);
        InputFile fetched;
        JsonObject before, after;
        try
        {
            var (bytes, etag, address) = SpecificationSource.Get(url, tag);
            if (bytes is null)
            {
                output.WriteLine($"{url} is unchanged (304).");
                return Done("No change.", ExitCodes.Success);
            }

            before = SpecificationReader.Parse(former.Name, former.Bytes, []);
            after = SpecificationReader.Read(address, bytes, []).Root;
            RefuseAnotherApi(before, after, address);
            if (JsonNode.DeepEquals(before, after))
            {
                Remember(url, etag, former.Bytes);
                output.WriteLine($"{url} says what {former.Name} says; nothing was written.");
                return Done("No change.", ExitCodes.Success);
            }

            var text = JsonText.Indented(DocumentOrder.Follow(before, after)!);
            // Named as the file it is to become, so that diagnostics point there.
            fetched = new(former.Name, Disk.Utf8.GetBytes(text));
            tag = etag;
        }
        catch (FaultException fault)
        {
            errors.WriteLine(fault.Message);
            errors.WriteLine("Nothing was written.");
            return ExitCodes.NotFetched;
        }

        var overlay = files.Overlay is { } overlayFile ? Disk.Read(overlayFile, TextReader.Null) : null;
        var toolLock = files.Lock is { } lockFile && File.Exists(lockFile) ? ToolLock.Read(lockFile, File.ReadAllBytes(lockFile)) : ToolLock.Empty(files.Lock ?? "");
        var (old, next) = (GenerationPipeline.Run(former, overlay, toolLock, OverlayUse.WhereItFits), GenerationPipeline.Run(fetched, overlay, toolLock, OverlayUse.WhereItFits));
        var changes = CatalogComparer.Compare(SpecificationSide.Read(old), SpecificationSide.Read(next));
        List<string> faults = [.. Unfit(fetched, overlay, toolLock), .. next.Errors.Select(error => error.ToString())];
        var code = faults.Count > 0 ? ExitCodes.Breaking : ExitCodes.Of(changes);
        var isWritten = code != ExitCodes.Breaking || acceptBreaking;
        output.Write(ChangeReport.Write(changes, "text"));
        foreach (var fault in faults)
        {
            errors.WriteLine(fault);
        }

        if (isWritten)
        {
            Write(fetched, url, tag, files.Lock is null ? null : toolLock.Publish(next.Catalog), old, next, changes);
        }
        else
        {
            errors.WriteLine("Nothing was written. Keep what was published by aliases in the overlay, or accept with --accept-breaking.");
        }

        return Done(Report(old, next, changes, faults, isWritten), code);
    }

    private int Done(string report, int code)
    {
        if (files.Report is { } file)
        {
            Disk.WriteIfChanged(file, Disk.Utf8.GetBytes(report + (report.EndsWith('\n') ? "" : "\n")));
        }

        return code;
    }

    private void Remember(string url, string? tag, byte[] specification)
    {
        if (tag is not null)
        {
            Disk.WriteTogether([(files.Tag, RememberedTag.Write(url, tag, specification))]);
        }
    }

    // All or nothing: what can fail, failed before.
    private void Write(
        InputFile fetched, string url, string? tag, string? newLock, GenerationPipeline old, GenerationPipeline next, IReadOnlyList<Change> changes)
    {
        List<(string File, byte[] Bytes)> written = [(files.Specification, fetched.Bytes)];
        if (newLock is not null)
        {
            written.Add((files.Lock!, Disk.Utf8.GetBytes(newLock)));
        }

        if (changes.Count > 0 && files.Changelog is { } changelog && File.Exists(changelog))
        {
            written.Add((changelog, Disk.Utf8.GetBytes(ChangelogEntry.Insert(File.ReadAllText(changelog), old.Catalog.Version, next.Catalog.Version, changes))));
        }

        Disk.WriteTogether(written);
        Remember(url, tag, fetched.Bytes);
        output.WriteLine($"{files.Specification} was written.");
    }

    // What else must be done by hand: an action that matches nothing stops the build.
    private static IEnumerable<string> Unfit(InputFile fetched, InputFile? overlay, ToolLock toolLock)
    {
        try
        {
            GenerationPipeline.Run(fetched, overlay, toolLock);
            return [];
        }
        catch (FaultException fault)
        {
            return [fault.Message];
        }
    }

    private static void RefuseAnotherApi(JsonObject before, JsonObject after, string address)
    {
        var (known, found) = (Operations(before), Operations(after));
        if (found.Count == 0)
        {
            throw Fault(address, "The document describes no operation.");
        }

        var (title, former) = (after.Get("info").Text("title"), before.Get("info").Text("title"));
        var shared = known.Intersect(found, StringComparer.Ordinal).Count();
        if (title != former && shared * 3 < known.Count)
        {
            throw Fault(address, $"The document is of another API: its title is '{PlainTitle(title)}' where '{PlainTitle(former)}' is expected, and it has {shared} of {known.Count} operations.");
        }
    }

    private static string PlainTitle(string? title) => Normalization.PlainText.Cut(Normalization.PlainText.Line(title ?? ""), 80);

    private static HashSet<string> Operations(JsonObject root) => [.. root.Members("paths").SelectMany(path =>
        (path.Value as JsonObject ?? []).Where(member => member.Value is JsonObject && member.Key is "get" or "put" or "post" or "delete" or "patch" or "head" or "options")
            .Select(member => member.Key + " " + path.Key))];

    private static FaultException Fault(string file, string message) => new(new(DiagnosticIds.NotOpenApi, Severity.Error, file, "", message));

    private static string Report(GenerationPipeline old, GenerationPipeline next, IReadOnlyList<Change> changes, List<string> faults, bool isWritten)
    {
        var text = new StringBuilder("# Specification ").Append(MarkdownText.Escape(old.Catalog.Version == next.Catalog.Version
            ? next.Catalog.Version : $"{old.Catalog.Version} → {next.Catalog.Version}")).Append("\n\n");
        text.Append(ChangeReport.Markdown(changes));
        text.Append("\n## Catalogue\n\n").Append(MarkdownText.Table(["", "Before", "After"],
        [
            ["Tools", Count(old), Count(next)],
            ["Hash", CatalogEmitter.Hash(old.Catalog), CatalogEmitter.Hash(next.Catalog)],
        ]));
        if (faults.Count > 0)
        {
            text.Append("\n## To be done by hand\n\n").AppendJoin('\n', faults.Select(fault => "- " + MarkdownText.Escape(Normalization.PlainText.Line(fault)))).Append('\n');
        }

        return text.Append(isWritten ? "" : "\nNothing was written: what breaks must be accepted, or kept by aliases in the overlay.\n").ToString();

        static string Count(GenerationPipeline pipeline) => pipeline.Catalog.Tools.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}

/// <summary>The files of a refresh.</summary>
internal sealed record RefreshFiles(string Specification, string? Overlay, string? Lock, string? Report, string? Changelog)
{
    /// <summary>Gets where the ETag of the last answer is remembered.</summary>
    public string Tag => Specification + ".etag.json";
}
