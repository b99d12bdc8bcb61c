using System.Globalization;
using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Generator.Corpus;

/// <summary>The time and memory that <c>generate</c> takes as documents grow: documents of 60, 600 and 6,000
/// operations, each in a process of its own, against the process that only starts and refuses.</summary>
internal static class Benchmark
{
    private const int Runs = 5;
    private static readonly int[] Sizes = [60, 600, 6000];
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <param name="specification">A specification whose paths are repeated.</param>
    /// <param name="output">Takes the table, as markdown.</param>
    public static int Run(string specification, TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("benchmark-").FullName;
        try
        {
            var baseline = Measure(Write(folder, 0, new() { ["none"] = 1 }), folder);
            output.WriteLine(
                "| Document | Time | Against a bare start | Time for one operation | Peak memory |\n| --- | --- | --- | --- | --- |"
            );
            output.WriteLine(Line("bare start (no OpenAPI)", 0, baseline, baseline));
            foreach (var size in Sizes)
            {
                var measured = Measure(Write(folder, size, Repeated(specification, size)), folder);
                output.WriteLine(Line($"{size} operations", size, measured, baseline));
            }

            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Median of several runs, each into a new folder, so that nothing is there already.
    private static (double Seconds, long PeakBytes) Measure(string document, string folder)
    {
        var runs = Enumerable
            .Range(0, Runs)
            .Select(run =>
            {
                var output = Directory
                    .CreateDirectory(Path.Combine(folder, $"{Path.GetFileName(document)}-{run}"))
                    .FullName;
                var result = GeneratorProcess.Generate(document, output, Limit);
                Directory.Delete(output, recursive: true);
                return result;
            })
            .ToList();
        return (runs.Select(run => run.Time.TotalSeconds).Order().ElementAt(Runs / 2), runs.Max(run => run.PeakBytes));
    }

    private static string Line(
        string name,
        int operations,
        (double Seconds, long PeakBytes) measured,
        (double Seconds, long PeakBytes) baseline
    ) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {measured.Seconds:0.00} s | × {measured.Seconds / baseline.Seconds:0.0} | "
        )
        + (
            operations == 0
                ? ""
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{1000 * (measured.Seconds - baseline.Seconds) / operations:0.00} ms"
                )
        )
        + string.Create(CultureInfo.InvariantCulture, $" | {measured.PeakBytes >> 20} MB |");

    // The same operations again under another first segment, each with an id and a tag of its own.
    private static JsonObject Repeated(string specification, int operations)
    {
        var source = JsonNode.Parse(File.ReadAllText(specification))!.AsObject();
        var originals = source["paths"]!
            .AsObject()
            .SelectMany(path =>
                path.Value!.AsObject()
                    .Where(member => member.Value is JsonObject map && map.ContainsKey("responses"))
                    .Select(member =>
                        (
                            path.Key,
                            Method: member.Key,
                            Operation: member.Value!.AsObject(),
                            Item: path.Value!.AsObject()
                        )
                    )
            )
            .ToList();
        var paths = new JsonObject();
        for (var index = 0; index < operations; index++)
        {
            var (path, method, operation, item) = originals[index % originals.Count];
            var copy = index / originals.Count;
            var name = copy == 0 ? path : $"/copy{copy}{path}";
            if (paths[name] is not JsonObject target)
            {
                paths[name] = target = item["parameters"] is { } shared
                    ? new JsonObject { ["parameters"] = shared.DeepClone() }
                    : [];
            }

            var clone = operation.DeepClone().AsObject();
            clone["operationId"] = $"{clone["operationId"] ?? method + path}.{copy}";
            clone["tags"] = new JsonArray($"{clone["tags"]?[0]} {copy}");
            target[method] = clone;
        }

        source["paths"] = paths;
        return source;
    }

    private static string Write(string folder, int size, JsonObject document)
    {
        var file = Path.Combine(folder, $"{size}.json");
        File.WriteAllText(file, document.ToJsonString());
        return file;
    }
}
