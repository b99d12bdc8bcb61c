using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Building;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Normalization;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Comparison;

/// <summary>Reads a specification as one side of a comparison. It reads arguments and answers in full depth, even those
/// that clients see in less depth because of their size.</summary>
internal sealed class SpecificationSide
{
    // Does not replace operation ids by tool names: otherwise renaming one tool would change the texts of all tools
    // that mention it.
    private static readonly Func<string?, string> Clean = new OperationReferences([]).Rewrite;

    private readonly SpecificationDocument document;
    private readonly ArgumentReader arguments;
    private readonly AnswerReader answers;
    private readonly TypedNames typed;

    private SpecificationSide(SpecificationDocument document, CatalogModel catalog)
    {
        this.document = document;
        var schemas = new SchemaNormalizer(document, Clean);
        // Findings are ignored, because they were reported when the catalogue was built.
        List<Diagnostic> told = [];
        arguments = new(document, schemas, Clean, told);
        answers = new(document, schemas, told);
        typed = new(document, catalog.Operations);
    }

    public static ComparedCatalog Read(SpecificationDocument document, CatalogModel catalog)
    {
        var side = new SpecificationSide(document, catalog);
        return new(
            document.File,
            catalog.Version,
            catalog.ServerAddress,
            IsPublished: false,
            [.. catalog.Tools.Select(side.Tool)]
        );
    }

    /// <summary>Returns the specification reduced to the facts that a lock contains.</summary>
    public static ComparedCatalog AsPublished(SpecificationDocument document, CatalogModel catalog)
    {
        var whole = Read(document, catalog);
        var places = whole.Tools.ToDictionary(tool => tool.Name, tool => tool.Places, StringComparer.Ordinal);
        var published = PublishedSide.Read(
            whole.File,
            (JsonObject)
                JsonNode.Parse(ToolLock.Write(catalog), documentOptions: new() { MaxDepth = 2 * JsonTree.MaxDepth })!
        );
        return published with { Tools = [.. published.Tools.Select(tool => tool with { Places = places[tool.Name] })] };
    }

    private ComparedTool Tool(OperationModel tool)
    {
        var request = arguments.Read(tool.Source, tool.Hints, tool.TakesFields, tool.Rows, SchemaNormalizer.Depths[0]);
        var found = answers.Schemas(tool.Source.Operation, tool.Pointer);
        var answer = answers.Normalize(found, SchemaNormalizer.Depths[0]);
        var texts = OperationTexts.Of(tool.Source, Clean);
        return new()
        {
            Name = tool.ToolName,
            HasFixedName = tool.HasFixedName,
            Title = texts.Title,
            Description = texts.Description,
            Operation = new(tool.Method, tool.Path, tool.OperationId),
            Arguments = ServerArguments.WithFiles(request.Arguments, tool.Source.Files, ServerArguments.DeclaredFile),
            Answer = ClientSchema.Answer(answer),
            ProvenTypes = ProvenTypesComparer.TypesOf(tool.OutputSchema),
            Hints = tool.Hints,
            IsDeprecated = tool.Source.Operation.IsTrue("deprecated"),
            Profiles = tool.Profiles,
            Scopes = tool.Scopes,
            Brief = tool.Brief,
            Tokens = tool.Tokens,
            TypedName = tool.Composition is null ? tool.ClientName + "." + tool.MethodName : null,
            KnowsNull = true,
            TypeNames = typed.Of(tool),
            Aliases = tool.Aliases,
            ArgumentAliases = tool.ArgumentAliases,
            Places = new ToolPlaces(document, tool, request, found, answer is { IsObject: true }),
        };
    }

    private sealed class ToolPlaces(
        SpecificationDocument document,
        OperationModel tool,
        RequestModel request,
        IReadOnlyList<(JsonNode? Schema, string Pointer)> answers,
        bool isPlainAnswer
    ) : IToolPlaces
    {
        public string Tool => tool.Pointer;

        public string Argument(IReadOnlyList<string> path, string? keyword)
        {
            if (request.Parameters.FirstOrDefault(parameter => parameter.Argument == path[0]) is { } parameter)
            {
                if (Parameter(parameter) is not { } place)
                {
                    return tool.Pointer;
                }

                if (path.Count == 1 && keyword is null or "description" or "deprecated" or "required")
                {
                    return Member(place, keyword);
                }

                return SchemaPlaces.Find(document, SchemaOf(place), [.. path.Skip(1)], keyword).Pointer;
            }

            var body = document.Resolve(tool.Source.Operation["requestBody"], tool.Pointer + "/requestBody").Pointer;
            if (request.Body is not { } model)
            {
                return tool.Pointer;
            }

            var schema = JsonPointer.Append(body + "/content", model.DeclaredType) + "/schema";
            var member = model.Members.FirstOrDefault(member => member.Argument == path[0]);
            if (model.Argument == path[0])
            {
                return SchemaPlaces.Find(document, schema, [.. path.Skip(1)], keyword).Pointer;
            }

            if (member is null)
            {
                return schema;
            }

            return SchemaPlaces.Find(document, schema, [member.Name, .. path.Skip(1)], keyword).Pointer;
        }

        public string Answer(IReadOnlyList<string> path, string? keyword)
        {
            // The first step of the path is the member into which the server puts an answer that is not an object.
            IReadOnlyList<string> inside = isPlainAnswer ? path : [.. path.Skip(1)];
            return answers
                .Select(answer => SchemaPlaces.Find(document, answer.Pointer, inside, keyword))
                .OrderByDescending(place => place.Found)
                .Select(place => place.Pointer)
                .FirstOrDefault(tool.Pointer + "/responses");
        }

        private string Member(string place, string? keyword) =>
            keyword is not null && document.Find(place) is JsonObject map && map.ContainsKey(keyword)
                ? place + "/" + keyword
                : place;

        private string SchemaOf(string place) =>
            document.Find(place).Get("content") is JsonObject { Count: > 0 } content
                ? JsonPointer.Append(place + "/content", content.AsEnumerable().First().Key) + "/schema"
                : place + "/schema";

        // A parameter of the operation overrides one of the path.
        private string? Parameter(ParameterModel parameter) =>
            new[]
            {
                (tool.Source.Operation["parameters"], tool.Pointer + "/parameters"),
                (tool.Source.PathItem["parameters"], tool.Source.PathPointer + "/parameters"),
            }
                .SelectMany(pair =>
                    (pair.Item1 as JsonArray ?? []).Select(
                        (node, index) => document.Resolve(node, JsonPointer.Append(pair.Item2, index))
                    )
                )
                .FirstOrDefault(pair =>
                    pair.Node.Text("name") == parameter.Name
                    && string.Equals(
                        pair.Node.Text("in"),
                        parameter.Location.ToString(),
                        StringComparison.OrdinalIgnoreCase
                    )
                )
                .Pointer;
    }
}
