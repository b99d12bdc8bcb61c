using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Normalization;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Building;

/// <summary>Reads Response Objects, and returns what a successful call answers.</summary>
internal sealed class AnswerReader(
    SpecificationDocument document,
    SchemaNormalizer schemas,
    List<Diagnostic> diagnostics
)
{
    private readonly HashSet<Diagnostic> told = [];
    private readonly Dictionary<string, OutputModel> outputs = new(StringComparer.Ordinal);

    /// <summary>Returns the description of the answer for clients, and the value of <c>Accept</c>.</summary>
    public (OutputModel Output, string Accept) Read(JsonObject operation, string pointer)
    {
        var accepted = Contents(operation, pointer)
            .SelectMany(answer => answer.Content.Select(pair => MediaTypes.Plain(pair.Key)))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .OrderBy(type => MediaTypes.IsJson(type) ? 0 : 1)
            .ToList();
        return (
            Output(Schemas(operation, pointer)),
            accepted.Count == 0 ? "application/json" : string.Join(", ", accepted)
        );
    }

    /// <summary>Finds the schemas of the success responses in the selected media type, and their positions.</summary>
    public List<(JsonNode? Schema, string Pointer)> Schemas(JsonObject operation, string pointer)
    {
        var found = new List<(JsonNode? Schema, string Pointer)>();
        foreach (var (status, content, place) in Contents(operation, pointer))
        {
            if (status is ['2', ..] or "default" && !(status == "default" && found.Count > 0))
            {
                var (mediaType, _) = MediaTypes.Choose(content.Select(pair => pair.Key));
                var (media, mediaPlace) = Leniently(() => document.Media(content, mediaType, place));
                found.Add((media.Get("schema"), mediaPlace + "/schema"));
            }
        }

        return found;
    }

    /// <summary>Merges the schemas of the success responses into one.</summary>
    /// <returns>The answer, or <see langword="null"/> if the responses have no body.</returns>
    public SchemaModel? Normalize(IReadOnlyList<(JsonNode? Schema, string Pointer)> found, int depth)
    {
        var answers = found
            .Select(item =>
                Leniently(() => schemas.Normalize(item.Schema, item.Pointer, depth, ofAnswer: true)) ?? new()
            )
            .ToList();
        return answers.Count == 0 ? null : SchemaMerger.Any(answers);
    }

    private IEnumerable<Response> Contents(JsonObject operation, string pointer)
    {
        foreach (var (status, response) in operation.Members("responses"))
        {
            var (node, place) = Leniently(() =>
                document.Resolve(response, JsonPointer.Append(pointer + "/responses", status))
            );
            if ((node as JsonObject)?["content"] is JsonObject { Count: > 0 } content)
            {
                yield return new(status, content, place);
            }
        }
    }

    /// <summary>A response with its media types.</summary>
    private sealed record Response(string Status, JsonObject Content, string Pointer);

    private OutputModel Output(List<(JsonNode? Schema, string Pointer)> found)
    {
        // Cached, because many operations answer with the same published schema.
        var shared = found is [var (schema, _)] && schema.Text("$ref") is { } reference ? reference : null;
        if (shared is not null && outputs.TryGetValue(shared, out var known))
        {
            return known;
        }

        var output = MakeOutput(found);
        if (shared is not null)
        {
            outputs[shared] = output;
        }

        return output;
    }

    private OutputModel MakeOutput(List<(JsonNode? Schema, string Pointer)> found)
    {
        OutputModel? accepted = null;
        foreach (var limit in SchemaNormalizer.Depths)
        {
            var answer = ClientSchema.Answer(Normalize(found, limit));
            var shape = AnswerShapes.Of(answer);
            var schema = ClientSchema.Output(shape);
            var bytes = ClientSchema.SizeOf(schema);
            if (bytes <= ClientSchema.MaxBytes)
            {
                var output = new OutputModel(schema, shape, [.. NullablePaths.Of(answer)]);
                accepted ??= output;
                if (bytes <= ClientSchema.WorthyBytes)
                {
                    return output;
                }

                if (limit <= ClientSchema.WorthyDepth)
                {
                    return accepted;
                }
            }
        }

        // Rule C3 requires only an object at the root.
        return accepted ?? new(new() { ["type"] = "object" }, new() { Types = ["object"] }, []);
    }

    // A fault in the description of an answer does not exclude the operation: it is reported, and any answer is
    // accepted.
    private T? Leniently<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FaultException fault) when (fault.Diagnostic.Severity == Severity.Warning)
        {
            if (told.Add(fault.Diagnostic))
            {
                diagnostics.Add(fault.Diagnostic);
            }

            return default;
        }
    }
}

/// <summary>The description of an answer.</summary>
/// <param name="Schema">The output schema for clients.</param>
/// <param name="Shape">The shape from which the schema is made.</param>
/// <param name="Nullable">The paths at which null may occur.</param>
internal sealed record OutputModel(JsonObject Schema, SchemaModel Shape, IReadOnlyList<string> Nullable);
