using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Generator.Corpus.WireJudge;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Pipeline;

namespace NeonPanel.Mcp.Generator.Corpus;

/// <summary>Each document through the generator, and the score over all of them.</summary>
internal static class CorpusRun
{
    private const string Survives = "Generated or refused with a diagnostic";
    private const string InTime = "Within 30 s and 2 GiB";
    private const string Complete = "Every operation a tool or a reason";
    private const string Named = "Names legal and unique";
    private const string Stable = "Same bytes when paths and components are shuffled";
    private const string Accepted = "Schemas pass C1 to C4";
    private const string Compiles = "C# compiles without a warning";
    private const string Sent = "Requests can be built from every tool's arguments";

    private static readonly string[] Lines = [Survives, InTime, Complete, Named, Stable, Accepted, Compiles, Sent];
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(30);
    private const long MaxMemory = 2L << 30;
    private static readonly JsonDocumentOptions Lenient = new() { MaxDepth = 512 };

    /// <summary>Scores the documents, prints each as it is done and the table at the end.</summary>
    /// <returns>0 when every line stands at 100 %, else 1.</returns>
    public static int Score(
        string folder,
        IReadOnlyList<string> files,
        TextWriter output,
        string? table,
        Judge? judge,
        SchemaJudge? schemas
    )
    {
        var scores = new List<DocumentScore>();
        foreach (var file in files)
        {
            var score = Score(folder, file, judge, schemas);
            scores.Add(score);
            output.WriteLine(
                $"{(score.Failures.Count == 0 ? "ok  " : "FAIL")} {file}: {score.Bytes / 1024} KB, {score.Operations} operations, "
                    + $"{score.Tools} tools, {score.Time.TotalSeconds:0.0} s, {score.PeakBytes >> 20} MB{(score.Refusal is null ? "" : "; refused: " + score.Refusal)}"
            );
            foreach (var (line, list) in score.Failures)
            {
                foreach (var how in list.Take(3))
                {
                    output.WriteLine($"       {line}: {how}");
                }

                output.WriteLine(list.Count > 3 ? $"       … and {list.Count - 3} more" : "");
            }
        }

        var text = Table(scores);
        var disagreements = 0;
        if (judge is not null)
        {
            var all = judge.Verdicts();
            var verdicts = all.Where(verdict => verdict["agrees"] is not null).ToList();
            var differing = verdicts.Where(verdict => !verdict["agrees"]!.GetValue<bool>()).ToList();
            disagreements = differing.Count;
            foreach (var verdict in differing)
            {
                output.WriteLine(
                    $"JUDGE {verdict["document"]} {verdict["method"]} {verdict["path"]}: {verdict["what"]}\n  ours   {verdict["ours"]}\n  theirs {verdict["theirs"]}"
                );
            }

            text +=
                $"\nWire judge: {verdicts.Count - differing.Count} of {verdicts.Count} sample calls agree ({100.0 * (verdicts.Count - differing.Count) / Math.Max(1, verdicts.Count):0.00} %), {all.Count - verdicts.Count} not judged (OpenAPI 3.2).\n";
        }

        if (schemas is not null)
        {
            var (judged, failures) = schemas.Verdicts();
            disagreements += failures.Count;
            foreach (var failure in failures)
            {
                output.WriteLine($"AJV {failure["document"]} {failure["tool"]}: {failure["what"]}");
            }

            text += $"\nAjv: {judged - failures.Count} of {judged} schemas compile.\n";
        }

        output.WriteLine(text);
        var failed = scores.Count(score => score.Failures.Count > 0);
        output.WriteLine($"Documents - Failed: {failed}, Passed: {scores.Count - failed}");
        if (table is not null)
        {
            File.WriteAllText(table, text);
        }

        return failed > 0 || disagreements > 0 ? 1 : 0;
    }

    private static DocumentScore Score(string folder, string file, Judge? judge, SchemaJudge? schemas)
    {
        var path = Path.Combine(folder, file);
        var bytes = File.ReadAllBytes(path);
        var output = Directory.CreateTempSubdirectory("corpus-").FullName;
        try
        {
            var process = GeneratorProcess.Generate(path, output, 2 * MaxTime);
            var score = new DocumentScore(file)
            {
                Bytes = bytes.Length,
                Time = process.Time,
                PeakBytes = process.PeakBytes,
            };
            if (process.Time > MaxTime || process.PeakBytes > MaxMemory)
            {
                score.Fail(InTime, $"{process.Time.TotalSeconds:0.0} s, {process.PeakBytes >> 20} MB");
            }

            if (process.ExitCode != 0)
            {
                // A refusal is one line for each fault, as compilers write them; all else is a crash.
                var line = process.Errors.Split('\n')[0];
                if (process.ExitCode != 1 || !line.Contains(": error NPG", StringComparison.Ordinal))
                {
                    score.Fail(
                        Survives,
                        $"exit code {process.ExitCode}: {process.Errors[..Math.Min(1500, process.Errors.Length)]}"
                    );
                }

                return score with
                {
                    Refusal = line,
                };
            }

            return InProcess(score, path, bytes, output, judge, schemas);
        }
        finally
        {
            Directory.Delete(output, recursive: true);
        }
    }

    private static DocumentScore InProcess(
        DocumentScore score,
        string path,
        byte[] bytes,
        string output,
        Judge? judge,
        SchemaJudge? schemas
    )
    {
        GenerationPipeline pipeline;
        try
        {
            pipeline = GenerationPipeline.Run(new(path, Shuffled(bytes)), null, null);
        }
        catch (FaultException fault)
        {
            score.Fail(Stable, "refused when shuffled: " + fault.Message);
            return score;
        }

        var catalog = pipeline.Catalog;
        score = score with
        {
            Tools = catalog.Tools.Count,
            Excluded = catalog.Excluded.Count,
            Operations = CountOperations(bytes),
        };
        if (score.Tools + score.Excluded != score.Operations)
        {
            score.Fail(Complete, $"{score.Tools} tools and {score.Excluded} reasons for {score.Operations} operations");
        }

        foreach (var group in catalog.Tools.GroupBy(tool => tool.ToolName, StringComparer.Ordinal))
        {
            if (
                group.Count() > 1
                || group.Key.Length is 0 or > 64
                || !group.Key.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-')
            )
            {
                score.Fail(Named, $"'{group.Key}' × {group.Count()}");
            }
        }

        foreach (var tool in catalog.Tools)
        {
            foreach (var finding in SchemaRules.Input(tool.InputSchema).Concat(SchemaRules.Output(tool.OutputSchema)))
            {
                score.Fail(Accepted, tool.ToolName + ": " + finding);
            }

            schemas?.Add(score.File, tool.ToolName, tool.InputSchema);
            schemas?.Add(score.File, tool.ToolName, tool.OutputSchema);
        }

        var files = pipeline.Emit("Corpus").ToList();
        foreach (var emitted in files)
        {
            var there = Path.Combine(output, emitted.Path);
            if (!File.Exists(there) || File.ReadAllText(there) != emitted.Text)
            {
                score.Fail(Stable, emitted.Path);
            }
        }

        var (findings, assembly) = EmittedCode.Compile(files);
        foreach (var finding in findings.Concat(EmittedCode.CompileBothHalves(files)))
        {
            score.Fail(Compiles, finding);
        }

        if (assembly is not null)
        {
            var requests = EmittedCode.Requests(assembly, catalog);
            foreach (var tool in catalog.Tools)
            {
                try
                {
                    var call = SampleCall.Of(tool, requests[tool.ToolName]);
                    judge?.Add(path, score.File, call);
                }
                catch (Exception exception) when (exception is InvalidArgumentsException or ArgumentException)
                {
                    score.Fail(Sent, $"{tool.ToolName}: {exception.Message}");
                }
            }
        }

        return score;
    }

    // Counted here and not by the generator, so that the two can disagree.
    private static int CountOperations(byte[] bytes)
    {
        using var document = JsonDocument.Parse(bytes, Lenient);
        return !document.RootElement.TryGetProperty("paths", out var paths)
            ? 0
            : paths
                .EnumerateObject()
                .Sum(path =>
                    Item(path.Value)
                        .EnumerateObject()
                        .Sum(member =>
                            member.Name switch
                            {
                                "additionalOperations" => member.Value.EnumerateObject().Count(),
                                "get"
                                or "put"
                                or "post"
                                or "delete"
                                or "options"
                                or "head"
                                or "patch"
                                or "trace"
                                or "query" => 1,
                                _ => 0,
                            }
                        )
                );

        JsonElement Item(JsonElement item) =>
            item.TryGetProperty("$ref", out var reference)
            && reference.GetString() is { } text
            && text.StartsWith("#/paths/", StringComparison.Ordinal)
            && paths.TryGetProperty(
                Uri.UnescapeDataString(text["#/paths/".Length..])
                    .Replace("~1", "/", StringComparison.Ordinal)
                    .Replace("~0", "~", StringComparison.Ordinal),
                out var target
            )
                ? target
                : item;
    }

    private static byte[] Shuffled(byte[] bytes)
    {
        var root = JsonNode.Parse(bytes, documentOptions: Lenient)!.AsObject();
        Shuffle(root, "paths");
        foreach (var name in (string[])["definitions", "parameters", "responses"])
        {
            Shuffle(root, name);
        }

        foreach (var name in (root["components"] as JsonObject ?? []).Select(pair => pair.Key).ToList())
        {
            Shuffle(root["components"]!.AsObject(), name);
        }

        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }

    private static void Shuffle(JsonObject holder, string name)
    {
        if (holder[name] is JsonObject map)
        {
            // Every third first, backwards: an order that no sorting gives.
            var order = map.Select((pair, index) => (pair.Key, Value: pair.Value?.DeepClone(), index))
                .OrderBy(item => item.index % 3)
                .ThenByDescending(item => item.index)
                .ToList();
            holder[name] = new JsonObject(order.Select(item => KeyValuePair.Create(item.Key, item.Value)));
        }
    }

    private static string Table(List<DocumentScore> scores)
    {
        var served = scores.Where(score => score.Refusal is null).ToList();
        var text = new StringBuilder("| Line | Documents | Passed | Score |\n| --- | --- | --- | --- |\n");
        foreach (var line in Lines)
        {
            var of = line is Survives or InTime ? scores.Count : served.Count;
            var passed = of - scores.Count(score => score.Failures.ContainsKey(line));
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {line} | {of} | {passed} | {(of == 0 ? 0 : 100.0 * passed / of):0.0} % |\n"
            );
        }

        text.Append(
                CultureInfo.InvariantCulture,
                $"\n{scores.Count} documents, {scores.Sum(score => score.Bytes) >> 20} MB, {served.Sum(score => score.Operations)} operations, "
            )
            .Append(
                CultureInfo.InvariantCulture,
                $"{served.Sum(score => score.Tools)} tools, {served.Sum(score => score.Excluded)} excluded, {scores.Count - served.Count} documents refused.\n"
            );
        if (scores.Count > 0)
        {
            var slowest = scores.MaxBy(score => score.Time)!;
            var largest = scores.MaxBy(score => score.PeakBytes)!;
            text.Append(CultureInfo.InvariantCulture, $"Slowest: {slowest.File}, {slowest.Time.TotalSeconds:0.0} s. ")
                .Append(CultureInfo.InvariantCulture, $"Most memory: {largest.File}, {largest.PeakBytes >> 20} MB.\n");
        }

        foreach (var score in scores.Where(score => score.Refusal is not null))
        {
            text.Append(CultureInfo.InvariantCulture, $"- refused: {score.File}: {score.Refusal}\n");
        }

        return text.ToString();
    }
}
