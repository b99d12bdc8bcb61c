using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Proposals;

/// <summary>Differences between answers and their schemas that a running server observed: the member <c>drift</c> of
/// its <c>/healthz?deep=1</c>, alone or as part of that answer.</summary>
/// <param name="SpecVersion">The version of the server's specification, or <see langword="null"/> if the file does not
/// contain it.</param>
/// <param name="Compared">The number of answers that the server compared.</param>
/// <param name="Beyond">The number of differences that the server did not list for lack of space.</param>
internal sealed record ObservedAnswers(
    string? SpecVersion,
    long Compared,
    long Beyond,
    IReadOnlyList<Observation> Places
)
{
    /// <summary>Command that saves such a file.</summary>
    public const string HowToSave = "curl -fsS -o observed.json 'https://HOST/healthz?deep=1'";

    private static readonly string[] Kinds = ["object", "array", "string", "number", "integer", "boolean", "null"];

    /// <exception cref="FaultException">The file has other content.</exception>
    public static ObservedAnswers Read(InputFile file)
    {
        var root = SpecificationReader.Parse(file.Name, file.Bytes, []);
        var drift = root.Get("drift") as JsonObject ?? root;
        var prefix = ReferenceEquals(drift, root) ? "" : "/drift";
        if (drift.Get("tools") is not JsonObject tools || !drift.ContainsKey("compared"))
        {
            throw Fault(
                file,
                "",
                root.ContainsKey("specVersion") && root.ContainsKey("uptimeSeconds")
                    ? $"The file is what /healthz answers; what was observed stands in /healthz?deep=1. Save that one: {HowToSave}"
                    : $"The file has the members {Names(root)}; expected 'drift' with 'compared' and 'tools', as /healthz?deep=1 of a running server answers. Save it: {HowToSave}"
            );
        }

        var places = new List<Observation>();
        foreach (var (tool, pointers) in tools)
        {
            foreach (
                var (pointer, place) in pointers as JsonObject
                    ?? throw Fault(
                        file,
                        JsonPointer.Append(prefix + "/tools", tool),
                        "Expected an object with a member for each place in the tool's answer."
                    )
            )
            {
                var at = JsonPointer.Append(JsonPointer.Append(prefix + "/tools", tool), pointer);
                var found = place
                    .Members("found")
                    .Select(pair => (Kind: pair.Key, Answers: Count(pair.Value)))
                    .ToList();
                if (
                    found.Count == 0
                    || !pointer.StartsWith('/')
                    || found.Find(item => item.Answers is null || !Kinds.Contains(item.Kind)) is { Kind: not null }
                )
                {
                    throw Fault(
                        file,
                        at,
                        $"Expected 'found' with how many answers held which kind ({string.Join(", ", Kinds)}), under a place that begins with '/'."
                    );
                }

                places.Add(
                    new(tool, pointer, [.. found.Select(item => (item.Kind, item.Answers!.Value))])
                    {
                        Declared = place.Text("declared"),
                    }
                );
            }
        }

        return new(
            root.Text("specVersion"),
            Count(drift["compared"]) ?? 0,
            Count(drift["beyond"]) ?? 0,
            [
                .. places
                    .OrderBy(place => place.Tool, StringComparer.Ordinal)
                    .ThenBy(place => place.Pointer, StringComparer.Ordinal),
            ]
        );
    }

    private static long? Count(JsonNode? node) =>
        node is JsonValue value
        && value.GetValueKind() == JsonValueKind.Number
        && value.TryGetValue<long>(out var count)
            ? count
            : null;

    private static string Names(JsonObject root) =>
        root.Count == 0
            ? "(none)"
            : string.Join(", ", root.Take(8).Select(pair => $"'{pair.Key}'")) + (root.Count > 8 ? ", …" : "");

    private static FaultException Fault(InputFile file, string pointer, string message) =>
        new(new(DiagnosticIds.Unreadable, Severity.Error, file.Name, pointer, message));
}

/// <summary>One place in a tool's answers at which they differed.</summary>
/// <param name="Pointer">The place in the object that the server returns; <c>*</c> stands for the items of a
/// list.</param>
/// <param name="Found">The kinds found there, each with the number of answers.</param>
internal sealed record Observation(string Tool, string Pointer, IReadOnlyList<(string Kind, long Answers)> Found)
{
    /// <summary>Gets the kinds that the server's specification declares, with <c> or </c> between them;
    /// <see langword="null"/> if it does not describe the place.</summary>
    public string? Declared { get; init; }

    public IReadOnlyList<string> Path { get; } = [.. Pointer.Split('/').Skip(1)];

    public IEnumerable<string> Kinds => Found.Select(item => item.Kind);

    public override string ToString() =>
        $"{Tool} {Pointer} ({string.Join(", ", Found.Select(item => $"{item.Kind} in {item.Answers}"))})";
}
