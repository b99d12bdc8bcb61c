using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Building;

/// <summary>The kinds of values that answers of the API had: for each tool, the places in its answer. The file lies
/// beside the specification (<c>X.answers.json</c> beside <c>X.openapi.json</c>). The verb <c>observe</c> adds to it,
/// and nothing is ever removed except by hand.</summary>
internal sealed class SeenAnswers
{
    /// <summary>The number of values of one kind, without another kind, from which a place is known.</summary>
    public const int Enough = 20;

    private const string Separator = " or ";

    // In the order of the words of a running server.
    private static readonly string[] Words = ["string", "integer", "number", "boolean", "object", "array", "null"];

    private readonly SortedDictionary<string, SortedDictionary<string, IReadOnlyList<string>>> tools;

    private SeenAnswers(SortedDictionary<string, SortedDictionary<string, IReadOnlyList<string>>> tools) =>
        this.tools = tools;

    public static SeenAnswers Empty() => new(new(StringComparer.Ordinal));

    /// <exception cref="FaultException">The file has other content.</exception>
    public static SeenAnswers Read(InputFile file)
    {
        var root = SpecificationReader.Parse(file.Name, file.Bytes, []);
        if (root["tools"] is not JsonObject listed)
        {
            throw Fault(file, "", "Expected an object 'tools' with the places of each tool's answer.");
        }

        var read = Empty();
        foreach (var tool in listed.Select(pair => pair.Key))
        {
            foreach (var (pointer, kinds) in listed.Members(tool))
            {
                var at = JsonPointer.Append(JsonPointer.Append("/tools", tool), pointer);
                var names = kinds?.ToString().Split(Separator) ?? [];
                if (!pointer.StartsWith('/') || names.Length == 0 || !names.All(Words.Contains))
                {
                    throw Fault(
                        file,
                        at,
                        $"Expected kinds of values ({string.Join(", ", Words)}) with ' or ' between them, under a place that begins with '/'."
                    );
                }

                read.Add(tool, pointer, names);
            }
        }

        return read;
    }

    /// <summary>Returns the kinds of values that were seen at a place; empty if it was seen too rarely.</summary>
    /// <param name="pointer">The place in the object that the server returns; <c>*</c> stands for the items of a
    /// list.</param>
    public IReadOnlyList<string> KindsAt(string tool, string pointer) =>
        tools.TryGetValue(tool, out var places) && places.TryGetValue(pointer, out var kinds) ? kinds : [];

    /// <summary>Adds kinds to a place.</summary>
    /// <returns>Whether one of them is new there.</returns>
    public bool Add(string tool, string pointer, IReadOnlyCollection<string> kinds)
    {
        if (!tools.TryGetValue(tool, out var places))
        {
            tools[tool] = places = new(StringComparer.Ordinal);
        }

        var before = places.GetValueOrDefault(pointer, []);
        places[pointer] = [.. Words.Where(kind => before.Contains(kind) || kinds.Contains(kind))];
        return places[pointer].Count > before.Count;
    }

    /// <summary>Writes the file: one line for each place.</summary>
    public string Write() =>
        JsonText.Indented(
            new JsonObject
            {
                ["tools"] = new JsonObject(
                    tools.Select(tool =>
                        KeyValuePair.Create(
                            tool.Key,
                            (JsonNode?)
                                new JsonObject(
                                    tool.Value.Select(place =>
                                        KeyValuePair.Create(place.Key, (JsonNode?)string.Join(Separator, place.Value))
                                    )
                                )
                        )
                    )
                ),
            }
        );

    private static FaultException Fault(InputFile file, string pointer, string message) =>
        new(new(DiagnosticIds.Unreadable, Severity.Error, file.Name, pointer, message));
}
