using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Schemas;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Comparison;

/// <summary>Reads a lock, a <c>catalog.json</c> or a <c>/tools.json</c> as one side of a comparison.</summary>
internal static class PublishedSide
{
    /// <summary>Returns whether a file is one of these, not a specification.</summary>
    public static bool Is(JsonObject root) =>
        root["tools"] is JsonArray && !root.ContainsKey("openapi") && !root.ContainsKey("swagger");

    public static ComparedCatalog Read(string file, JsonObject root)
    {
        var document = new SpecificationDocument(file, root);
        return new(
            file,
            root.Text("specVersion") ?? "",
            ServerAddress: null,
            IsPublished: true,
            [
                .. root.Items("tools")
                    .Select(
                        (tool, index) => Tool(document, tool as JsonObject ?? [], JsonPointer.Append("/tools", index))
                    ),
            ]
        );
    }

    private static ComparedTool Tool(SpecificationDocument document, JsonObject tool, string pointer)
    {
        var (name, description) = (tool.Text("name") ?? "", tool.Text("description") ?? "");
        var isNullable = Nullable(tool, "answer");
        var inWords = new PublishedSchema(isNullable).Output(tool["outputSchema"]);
        var shape = tool[AnswerShapes.Member] as JsonObject;
        return new()
        {
            Name = name,
            HasFixedName = true,
            Title = tool.Text("title") ?? "",
            Description = description,
            Operation = new(
                tool.Text("method") ?? "",
                tool.Text("path") ?? "",
                tool.Text("operationId") ?? tool.Text("operation")
            ),
            Arguments = new PublishedSchema(Nullable(tool, "arguments")).Input(tool["inputSchema"]),
            Answer = shape is null ? inWords : AnswerShapes.Read(shape, path => isNullable(path, null)),
            AnswerInWords = inWords,
            KnowsAnswer = shape is not null,
            ProvenTypes = ProvenTypesComparer.TypesOf(tool["outputSchema"]),
            Hints = new(
                tool["annotations"].IsTrue("readOnlyHint"),
                tool["annotations"].IsTrue("destructiveHint"),
                tool["annotations"].IsTrue("idempotentHint"),
                tool["annotations"].IsTrue("openWorldHint")
            ),
            // The description says so instead.
            IsDeprecated = false,
            Profiles = Texts(tool, "profiles"),
            Scopes = Texts(tool, "scopes"),
            Brief = Texts(tool, "brief"),
            Tokens = TokenCounter.Of(name, description, JsonText.Compact(tool["inputSchema"] ?? new JsonObject())),
            TypedName = tool.Text("client"),
            KnowsNull = KnowsNull(tool),
            Aliases = Texts(tool, "aliases"),
            ArgumentAliases = tool.Members("argumentAliases")
                .ToDictionary(pair => pair.Key, pair => pair.Value?.ToString() ?? "", StringComparer.Ordinal),
            Places = new ToolPlaces(document, pointer),
        };
    }

    private static bool KnowsNull(JsonObject tool) => tool.ContainsKey("nullable");

    // A lock lists the nullable paths. In a catalogue, the text of a nullable value contains the word "null".
    private static Func<string, JsonNode?, bool> Nullable(JsonObject tool, string part)
    {
        if (KnowsNull(tool))
        {
            var listed = tool["nullable"]
                .Items(part)
                .Select(path => path?.ToString())
                .ToHashSet(StringComparer.Ordinal);
            return (path, _) => listed.Contains(path);
        }

        return (_, schema) => schema.Text("description")?.Contains("null", StringComparison.OrdinalIgnoreCase) == true;
    }

    private static List<string> Texts(JsonObject tool, string name) =>
        [.. tool.Items(name).OfType<JsonValue>().Select(value => value.ToString())];

    private sealed class ToolPlaces(SpecificationDocument document, string pointer) : IToolPlaces
    {
        public string Tool => pointer;

        public string Argument(IReadOnlyList<string> path, string? keyword) =>
            SchemaPlaces.Find(document, pointer + "/inputSchema", path, keyword).Pointer;

        public string Answer(IReadOnlyList<string> path, string? keyword) =>
            SchemaPlaces.Find(document, pointer + "/outputSchema", path, keyword).Pointer;
    }
}
