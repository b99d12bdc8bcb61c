using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Generator.Reading;

/// <summary>Converts a Swagger 2.0 document to OpenAPI 3.0. Members that are the same in both versions, and unknown
/// members, are copied unchanged.</summary>
internal sealed class SwaggerUpgrade
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "options", "head", "patch"];

    private readonly JsonObject swagger;
    private readonly SwaggerSchemas schemas;
    private readonly SwaggerParameters parameters;

    private SwaggerUpgrade(JsonObject swagger)
    {
        this.swagger = swagger;
        schemas = new(swagger);
        parameters = new(swagger, schemas);
    }

    public static JsonObject Of(JsonObject swagger) => new SwaggerUpgrade(swagger).Document();

    private JsonObject Document()
    {
        var document = new JsonObject
        {
            ["openapi"] = "3.0.3",
            ["info"] = swagger["info"]?.DeepClone(),
            ["servers"] = Servers(),
        };
        Copy(
            swagger,
            document,
            "swagger",
            "info",
            "host",
            "basePath",
            "schemes",
            "consumes",
            "produces",
            "paths",
            "definitions",
            "parameters",
            "responses",
            "securityDefinitions"
        );
        document["paths"] = swagger["paths"] is JsonObject paths
            ? Map(paths, (path, item) =>
                path.StartsWith("x-", StringComparison.Ordinal) ? item?.DeepClone() : PathItem(item)
            )
            : swagger["paths"]?.DeepClone();
        var components = new JsonObject
        {
            ["schemas"] = Map(swagger.Members("definitions"), (_, schema) => schemas.Convert(schema)),
            ["parameters"] = Map(
                swagger.Members("parameters"),
                (_, parameter) => parameters.Convert(parameter),
                parameter => !SwaggerParameters.IsBody(parameter)
            ),
            ["responses"] = Map(swagger.Members("responses"), (_, response) =>
                Response(response, swagger.Items("produces"))
            ),
            ["securitySchemes"] = Map(swagger.Members("securityDefinitions"), (_, scheme) =>
                SwaggerSecurity.Convert(scheme)
            ),
        };
        schemas.AddReferred((JsonObject)components["schemas"]!);
        document["components"] = components;
        return document;
    }

    // Swagger 2.0, "Swagger Object": one address for each scheme. https comes first, because a token must never travel
    // over http. Without a host, the host is that of the document, so only the path is known.
    private JsonArray Servers()
    {
        var path = "/" + (swagger.Text("basePath") ?? "").Trim('/');
        if (swagger.Text("host") is not { Length: > 0 } host)
        {
            return new(new JsonObject { ["url"] = path });
        }

        var schemes = swagger
            .Items("schemes")
            .Select(scheme => scheme?.ToString())
            .Where(scheme => scheme is "https" or "http")
            .Distinct()
            .OrderDescending(StringComparer.Ordinal)
            .DefaultIfEmpty("https");
        return new([.. schemes.Select(scheme => (JsonNode)new JsonObject { ["url"] = $"{scheme}://{host}{path}" })]);
    }

    private JsonNode? PathItem(JsonNode? node)
    {
        if (node is not JsonObject item || item.ContainsKey("$ref"))
        {
            return node?.DeepClone();
        }

        var result = new JsonObject();
        Copy(item, result, ["parameters", .. Methods]);
        if (parameters.Convert(item.Items("parameters")) is { Count: > 0 } shared)
        {
            result["parameters"] = shared;
        }

        foreach (var method in Methods.Where(item.ContainsKey))
        {
            result[method] = item[method] is JsonObject operation
                ? Operation(operation, item.Items("parameters"))
                : item[method]?.DeepClone();
        }

        return result;
    }

    private JsonObject Operation(JsonObject operation, JsonArray shared)
    {
        var result = new JsonObject();
        Copy(operation, result, "parameters", "responses", "consumes", "produces", "schemes");
        if (parameters.Convert(operation.Items("parameters")) is { Count: > 0 } own)
        {
            result["parameters"] = own;
        }

        // A list of the operation replaces that of the document, even if it is empty (Swagger 2.0, "Operation Object").
        if (
            parameters.Body(
                shared,
                operation.Items("parameters"),
                operation["consumes"] as JsonArray ?? swagger.Items("consumes")
            ) is
            { } body
        )
        {
            result["requestBody"] = body;
        }

        result["responses"] = Map(operation.Members("responses"), (_, response) =>
            Response(response, operation["produces"] as JsonArray ?? swagger.Items("produces"))
        );
        return result;
    }

    private JsonNode? Response(JsonNode? node, JsonArray produces)
    {
        if (node is not JsonObject response)
        {
            return node?.DeepClone();
        }

        if (SpecificationDocument.ReferenceOf(response) is { } reference)
        {
            return new JsonObject { ["$ref"] = SwaggerSchemas.Renamed(reference) };
        }

        var result = new JsonObject();
        Copy(response, result, "schema", "examples", "headers");
        if (response.Members("headers") is { Count: > 0 } headers)
        {
            result["headers"] = Map(headers, (_, header) => parameters.Convert(header));
        }

        if (response.ContainsKey("schema"))
        {
            var isFile = response["schema"].Text("type") == "file";
            var content = new JsonObject();
            foreach (
                var type in SwaggerParameters
                    .Texts(produces)
                    .DefaultIfEmpty(isFile ? "application/octet-stream" : "application/json")
            )
            {
                content[type] = new JsonObject { ["schema"] = schemas.Convert(response["schema"]) };
                if (response.Members("examples").TryGetPropertyValue(type, out var example))
                {
                    content[type]!["example"] = example?.DeepClone();
                }
            }

            result["content"] = content;
        }

        return result;
    }

    /// <summary>Copies the members of an object that have no other place in OpenAPI 3.</summary>
    public static void Copy(JsonObject from, JsonObject to, params ReadOnlySpan<string> except)
    {
        foreach (var (name, value) in from)
        {
            if (!except.Contains(name))
            {
                to[name] = value?.DeepClone();
            }
        }
    }

    private static JsonObject Map(
        JsonObject members,
        Func<string, JsonNode?, JsonNode?> convert,
        Func<JsonNode?, bool>? isWanted = null
    ) =>
        new(
            members
                .Where(member => isWanted?.Invoke(member.Value) ?? true)
                .Select(member => KeyValuePair.Create(member.Key, convert(member.Key, member.Value)))
        );
}
