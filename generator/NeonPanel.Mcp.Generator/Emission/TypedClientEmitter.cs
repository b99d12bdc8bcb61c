using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Reading;
using NJsonSchema.CodeGeneration;
using NSwag.CodeGeneration.OperationNameGenerators;

namespace NeonPanel.Mcp.Generator.Emission;

/// <summary>Writes the typed half of the client classes with NSwag.</summary>
internal static partial class TypedClientEmitter
{
    /// <summary>Writes the typed half of all clients into one file.</summary>
    public static GeneratedFile Emit(
        SpecificationDocument document,
        IReadOnlySet<OperationModel> typed,
        string @namespace
    ) => new("Client/TypedClients.g.cs", Parts(document, typed, @namespace));

    /// <summary>Loads and compiles NSwag on another thread. That takes as long as reading a specification, so both run
    /// at the same time.</summary>
    public static void Prepare() =>
        _ = Task.Run(() =>
        {
            var sample = JsonNode
                .Parse(
                    """
                    {"paths":{"/a/{b}":{"post":{"parameters":[{"name":"b","in":"path","required":true,"description":"B","schema":{"type":"string"}},
                      {"name":"c","in":"query","required":false,"schema":{"type":"array","items":{"type":"integer","format":"int64"}}}],
                    "requestBody":{"required":true,"content":{"application/json":{"schema":{"$ref":"#/components/schemas/D"}}}},
                    "responses":{"200":{"description":"","content":{"application/json":{"schema":{"$ref":"#/components/schemas/D"}}}},
                      "400":{"description":"","content":{"application/json":{"schema":{"$ref":"#/components/schemas/D"}}}}}}}},
                    "components":{"schemas":{"D":{"type":"object","required":["e"],"properties":{"e":{"type":"string","description":"E"},
                      "f":{"type":"array","items":{"$ref":"#/components/schemas/D"}},"g":{"type":"number","format":"decimal","nullable":true}}}}}}
                    """
                )!
                .AsObject();
            var names = new MultipleClientsFromPathSegmentsOperationNameGenerator();
            foreach (var slice in TypedSlice.OfClients(sample, operation => operation.Path))
            {
                new SliceGenerator(slice, names, "Sample").Clients();
            }

            foreach (var slice in TypedSlice.OfTypes(sample))
            {
                new SliceGenerator(slice, names, "Sample").Types();
            }
        });

    // NSwag's model is many times as large as the text, so NSwag processes one slice at a time.
    private static IEnumerable<string> Parts(
        SpecificationDocument specification,
        IReadOnlySet<OperationModel> typed,
        string @namespace
    )
    {
        var document = TypedDocument.Make(specification, typed);
        var names = new OperationNames(typed);
        var helpers = TypedSlice.OfHelpers(document);
        yield return WithoutTrimWarnings(Generator(helpers).Frame(typed.Count > 0, hasTypes: typed.Count > 0).Begin);
        if (typed.Count == 0)
        {
            yield break;
        }

        var inline = new List<CodeArtifact>();
        foreach (
            var part in TypedSlice
                .OfClients(document, names.ClientOf)
                .Select(slice => Generator(slice).Clients())
                .Index()
        )
        {
            inline.AddRange(part.Item.InlineTypes);
            yield return (part.Index == 0 ? "" : SliceGenerator.Separator)
                + PathValue()
                    .Replace(part.Item.Text, "$1global::NeonPanel.Client.Requests.PathSegment.Escape($2, nameof($3))");
        }

        var types = TypedSlice
            .OfTypes(document)
            .Select(slice => Generator(slice).Types())
            .Concat(inline.Count > 0 ? [SliceGenerator.Inside(inline.DistinctBy(type => type.TypeName))] : []);
        var frame = Generator(helpers)
            .Frame(hasClients: true, hasTypes: inline.Count > 0 || TypedSlice.OfTypes(document).Any());
        yield return frame.Between;
        foreach (var part in types.Index())
        {
            yield return (part.Index == 0 ? "" : SliceGenerator.Separator) + part.Item;
        }

        yield return frame.End;

        SliceGenerator Generator(TypedSlice slice) => new(slice, names, @namespace);
    }

    // The typed half serializes by reflection. A native server does not call it, so that it is trimmed away.
    private static string WithoutTrimWarnings(string begin)
    {
        const string first = "#pragma warning disable";
        var at = begin.IndexOf(first, StringComparison.Ordinal);
        return at < 0 ? begin : begin.Insert(at, first + " IL2026, IL2075, IL3050 // Serializes by reflection\n");
    }

    // NSwag only escapes a value of the path, and would send '..' unchanged (rule D4).
    [GeneratedRegex(
        @"^( *urlBuilder_\.Append\()System\.Uri\.EscapeDataString\((ConvertToString\((@?\w+), System\.Globalization\.CultureInfo\.InvariantCulture\))\)(?=\);$)",
        RegexOptions.Multiline
    )]
    private static partial Regex PathValue();
}
