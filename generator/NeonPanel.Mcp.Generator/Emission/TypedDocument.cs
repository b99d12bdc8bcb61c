using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Schemas;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Emission;

/// <summary>Builds the OpenAPI 3.0 document for NSwag. It contains only what NSwag needs, because texts of the
/// specification are untrusted input (rule E1): one media type for each body, every object under its own name, and
/// number types without loss.</summary>
internal sealed partial class TypedDocument
{
    private readonly SpecificationDocument document;
    private readonly TypedSchemas schemas;

    private TypedDocument(SpecificationDocument document)
    {
        this.document = document;
        schemas = new(document);
    }

    /// <summary>Most operations for which typed methods are written, because NSwag keeps all of them in
    /// memory.</summary>
    public const int MaxOperations = 12_000;

    /// <summary>Returns the operations that get a typed method. The raw half contains all operations.</summary>
    public static IReadOnlySet<OperationModel> Choose(IReadOnlyList<OperationModel> operations) =>
        operations.Count > MaxOperations
            ? new HashSet<OperationModel>()
            : operations.Where(CanWrite).ToHashSet<OperationModel>(ReferenceEqualityComparer.Instance);

    // NSwag copies paths and parameter names into string literals without escaping, so only plain ones are allowed. It
    // also writes some styles, forms and content types wrongly.
    private static bool CanWrite(OperationModel operation) =>
        PlainPath().IsMatch(operation.Path)
        && operation.Method is "GET" or "PUT" or "POST" or "DELETE" or "OPTIONS" or "HEAD" or "PATCH" or "TRACE"
        && operation.Parameters.All(CanWrite)
        && operation.Body is null or { Kind: BodyKind.Json or BodyKind.Form or BodyKind.Multipart }
        && PlainPath().IsMatch(operation.Body?.ContentType ?? "")
        && (operation.Body is null or { Kind: BodyKind.Json } || CanWriteForm(operation.Body));

    /// <summary>Returns whether NSwag can safely write a text into a literal.</summary>
    public static bool IsPlain(string text) => PlainPath().IsMatch(text);

    /// <summary>Builds the document.</summary>
    /// <param name="document">The specification.</param>
    /// <param name="operations">The operations that <see cref="Choose"/> returned.</param>
    public static JsonObject Make(SpecificationDocument document, IReadOnlyCollection<OperationModel> operations)
    {
        var typed = new TypedDocument(document);
        var paths = new JsonObject();
        foreach (
            var operation in operations
                .OrderBy(operation => operation.Path, StringComparer.Ordinal)
                .ThenBy(operation => operation.Method, StringComparer.Ordinal)
        )
        {
            if (paths[operation.Path] is not JsonObject item)
            {
                paths[operation.Path] = item = [];
            }

            item[operation.Method.ToLowerInvariant()] = typed.Operation(operation);
        }

        return new()
        {
            ["openapi"] = "3.0.3",
            ["info"] = new JsonObject { ["title"] = "API", ["version"] = "1" },
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = typed.schemas.Name(
                    operations.Select(operation => operation.ClientName).ToHashSet(StringComparer.Ordinal)
                ),
            },
        };
    }

    // NSwag writes only the default style of each location, exploded, and no cookies.
    private static bool CanWrite(ParameterModel parameter)
    {
        var isScalar = parameter.Schema.Types is ["string" or "number" or "integer" or "boolean"];
        return PlainName().IsMatch(parameter.Name)
            && parameter.ContentType is null
            && parameter.Location switch
            {
                ParameterLocation.Cookie => !parameter.IsRequired,
                ParameterLocation.Query => isScalar
                    || (
                        parameter is { Style: ParameterStyle.Form, Explode: true, Schema.Types: ["array"] }
                        && IsScalarList(parameter.Schema)
                    ),
                _ => isScalar && parameter.Style == ParameterStyle.Simple,
            };
    }

    private static bool CanWriteForm(BodyModel body) =>
        body.Argument is null
        && body.Members.Count > 0
        && body.Members.All(member =>
            PlainName().IsMatch(member.Name)
            && (
                IsScalar(member.Property.Schema)
                || (
                    body.Kind == BodyKind.Multipart
                    && member.Encoding is null or { Style: null }
                    && IsScalarList(member.Property.Schema)
                )
            )
            && (
                body.Kind == BodyKind.Multipart
                || member.Encoding is null or { ContentType: null, Style: null or ParameterStyle.Form }
            )
        );

    private static bool IsScalar(SchemaModel schema) =>
        schema.Types is ["string" or "number" or "integer" or "boolean"];

    private static bool IsScalarList(SchemaModel schema) =>
        schema is { Types: ["array"], Items: { } items } && IsScalar(items);

    private JsonObject Operation(OperationModel operation)
    {
        var source = document.Find(operation.Pointer);
        var result = new JsonObject();
        if (PlainText.Line(operation.Title) is { Length: > 0 } title && operation.Title != operation.ToolName)
        {
            result["summary"] = title;
        }

        result["parameters"] = new JsonArray([
            .. operation
                .Parameters.Where(parameter => parameter.Location != ParameterLocation.Cookie)
                .Select(Parameter),
        ]);
        if (operation.Body is { } body)
        {
            result["requestBody"] = Body(
                source.Get("requestBody"),
                operation.Pointer + "/requestBody",
                body,
                operation
            );
        }

        result["responses"] = Answers(source.Members("responses"), operation);
        return result;
    }

    private static JsonObject Parameter(ParameterModel parameter)
    {
        var result = new JsonObject
        {
            ["name"] = parameter.Name,
            ["in"] = parameter.Location.ToString().ToLowerInvariant(),
            ["required"] = parameter.IsRequired,
            ["schema"] = parameter.Schema is { Types: ["array"], Items: { } items }
                ? new JsonObject { ["type"] = "array", ["items"] = Scalar(items) }
                : Scalar(parameter.Schema),
        };
        if (parameter.Schema.Description.Length > 0)
        {
            result["description"] = PlainText.Line(parameter.Schema.Description);
        }

        return result;
    }

    private static JsonObject Scalar(SchemaModel schema) =>
        schema.Types[0] switch
        {
            "integer" => new() { ["type"] = "integer", ["format"] = "int64" },
            "number" => new() { ["type"] = "number", ["format"] = "decimal" },
            var type => new() { ["type"] = type },
        };

    private JsonObject Body(JsonNode? node, string pointer, BodyModel model, OperationModel operation)
    {
        var (body, place) = document.Resolve(node, pointer);
        var (media, mediaPlace) = document.Media(body!["content"]!.AsObject(), model.DeclaredType, place);
        var at = mediaPlace + "/schema";
        return new()
        {
            ["required"] = model.IsRequired,
            ["content"] = new JsonObject
            {
                [MediaTypes.Plain(model.ContentType)] = new JsonObject
                {
                    ["schema"] =
                        model.Kind == BodyKind.Json
                            ? schemas.Convert(
                                media.Get("schema"),
                                at,
                                operation.MethodName + "Request",
                                Owner(operation)
                            )
                            : schemas.ConvertForm(media.Get("schema"), at),
                },
            },
        };
    }

    // All success responses share the schema with the most members, so that the method returns one type for every
    // status.
    private JsonObject Answers(JsonObject responses, OperationModel operation)
    {
        var result = new JsonObject();
        var success = new List<(JsonNode? Schema, string Pointer)>();
        foreach (
            var (status, response) in responses
                .SelectMany(pair => Statuses(pair.Key).Select(status => (status, pair.Value)))
                .Where(pair => !result.ContainsKey(pair.status))
        )
        {
            var answer = new JsonObject { ["description"] = "" };
            result[status] = answer;
            if (Answer(response, JsonPointer.Append(operation.Pointer + "/responses", status)) is not { } content)
            {
                continue;
            }

            if (!content.IsJson)
            {
                answer["content"] = Media(
                    "application/octet-stream",
                    new() { ["type"] = "string", ["format"] = "binary" }
                );
            }
            else if (status[0] == '2')
            {
                answer["content"] = Media("application/json", []);
                success.Add((content.Schema, content.Pointer));
            }
            else if (schemas.Convert(content.Schema, content.Pointer, "Failure", "") is { Count: > 0 } failure)
            {
                answer["content"] = Media("application/json", failure);
            }
        }

        if (success.Count > 0)
        {
            var (schema, pointer) = success.MaxBy(item => item.Schema.Members("properties").Count);
            foreach (
                var answer in result
                    .Where(pair => pair.Key[0] == '2')
                    .Select(pair => pair.Value!["content"]?["application/json"])
                    .OfType<JsonObject>()
            )
            {
                answer["schema"] = schemas.Convert(
                    schema,
                    pointer,
                    operation.MethodName + "Response",
                    Owner(operation)
                );
            }
        }

        return result;
    }

    // NSwag compares statuses as numbers. A range of success is replaced by the statuses that carry a body; a range of
    // failure is dropped, because NSwag handles unnamed statuses as failures.
    private static string[] Statuses(string status) =>
        status switch
        {
            "2XX" or "2xx" => ["200", "201", "202"],
            _ when Status().IsMatch(status) => [status],
            _ => [],
        };

    private Content? Answer(JsonNode? response, string pointer)
    {
        try
        {
            var (node, place) = document.Resolve(response, pointer);
            if (node.Get("content") is not JsonObject { Count: > 0 } content)
            {
                return null;
            }

            var (type, kind) = MediaTypes.Choose(content.Select(pair => pair.Key));
            var (media, mediaPlace) = document.Media(content, type, place);
            return new(kind == BodyKind.Json, media.Get("schema"), mediaPlace + "/schema");
        }
        catch (FaultException)
        {
            return null;
        }
    }

    /// <summary>A response in the selected media type.</summary>
    private sealed record Content(bool IsJson, JsonNode? Schema, string Pointer);

    private static JsonObject Media(string type, JsonObject schema) =>
        new() { [type] = new JsonObject { ["schema"] = schema } };

    private static string Owner(OperationModel operation) => operation.ClientName[..^"Client".Length];

    [GeneratedRegex(@"^[A-Za-z0-9_.~/{}:@,;=+*()!$ -]*\z")]
    private static partial Regex PlainPath();

    [GeneratedRegex(@"^[A-Za-z0-9_.$:\[\]-]+\z")]
    private static partial Regex PlainName();

    [GeneratedRegex(@"^([1-5][0-9][0-9]|default)\z")]
    private static partial Regex Status();
}
