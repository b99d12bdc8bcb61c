using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Model;
using NeonPanel.Mcp.Generator.Normalization;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Emission;

/// <summary>The OpenAPI 3.0 document that NSwag is shown: made of what it needs and nothing else, since texts of the
/// specification are hostile input (rule E1). One media type for a body, every object under a name of its own, numbers
/// that lose nothing.</summary>
internal sealed partial class TypedDocument
{
    private readonly SpecificationDocument document;
    private readonly TypedSchemas schemas;

    private TypedDocument(SpecificationDocument document)
    {
        this.document = document;
        schemas = new(document);
    }

    /// <summary>Most operations of which typed methods are written: NSwag keeps all of them in memory.</summary>
    public const int MaxOperations = 12_000;

    /// <summary>The operations that get a typed method; the raw half has all of them.</summary>
    public static IReadOnlySet<OperationModel> Choose(IReadOnlyList<OperationModel> operations) =>
        operations.Count > MaxOperations
            ? new HashSet<OperationModel>()
            : operations.Where(CanWrite).ToHashSet<OperationModel>(ReferenceEqualityComparer.Instance);

    // NSwag puts paths and parameter names into string literals as they stand, so only plain ones are shown to it; and
    // it writes some styles, forms and content types wrongly.
    private static bool CanWrite(OperationModel operation) =>
        PlainPath().IsMatch(operation.Path)
        && operation.Method is "GET" or "PUT" or "POST" or "DELETE" or "OPTIONS" or "HEAD" or "PATCH" or "TRACE"
        && operation.Parameters.All(CanWrite)
        && operation.Body is null or { Kind: "Json" or "Form" or "Multipart" }
        && PlainPath().IsMatch(operation.Body?.ContentType ?? "")
        && (operation.Body is null or { Kind: "Json" } || CanWriteForm(operation.Body));

    /// <summary>Whether NSwag writes a text into a literal without harm.</summary>
    public static bool IsPlain(string text) => PlainPath().IsMatch(text);

    /// <summary>Makes the document.</summary>
    /// <param name="document">The specification.</param>
    /// <param name="operations">Operations that can be written.</param>
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

    // NSwag writes the default style of each location, exploded, and cannot write a cookie.
    private static bool CanWrite(ParameterModel parameter)
    {
        var isScalar = parameter.Schema.Types is ["string" or "number" or "integer" or "boolean"];
        return PlainName().IsMatch(parameter.Name)
            && parameter.ContentType is null
            && parameter.Location switch
            {
                "Cookie" => !parameter.IsRequired,
                "Query" => isScalar
                    || (
                        parameter is { Style: "Form", Explode: true, Schema.Types: ["array"] }
                        && IsScalarList(parameter.Schema)
                    ),
                _ => isScalar && parameter.Style == "Simple",
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
                    body.Kind == "Multipart"
                    && member.Encoding is null or { Style: null }
                    && IsScalarList(member.Property.Schema)
                )
            )
            && (body.Kind == "Multipart" || member.Encoding is null or { ContentType: null, Style: null or "Form" })
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
            .. operation.Parameters.Where(parameter => parameter.Location != "Cookie").Select(Parameter),
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
            ["in"] = parameter.Location.ToLowerInvariant(),
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
                        model.Kind == "Json"
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

    // All answers that mean success share the richest schema, so that one type is returned whatever the status.
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

    // NSwag compares numbers: a range of success stands for those that carry an answer, one of failure for what is not
    // named.
    private static string[] Statuses(string status) =>
        status switch
        {
            "2XX" or "2xx" => ["200", "201", "202"],
            _ when Status().IsMatch(status) => [status],
            _ => [],
        };

    private (bool IsJson, JsonNode? Schema, string Pointer)? Answer(JsonNode? response, string pointer)
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
            return (kind == "Json", media.Get("schema"), mediaPlace + "/schema");
        }
        catch (FaultException)
        {
            return null;
        }
    }

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
