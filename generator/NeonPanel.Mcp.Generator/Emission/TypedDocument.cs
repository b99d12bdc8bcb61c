using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NeonPanel.Mcp.Generator.Model;
using NeonPanel.Mcp.Generator.Normalization;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Emission;

/// <summary>The document in the form NSwag makes good code of: OpenAPI 3.0, one media type for a body, every object under a
/// name of its own, numbers that lose nothing.</summary>
internal sealed partial class TypedDocument
{
    private readonly JsonObject root;
    private JsonObject schemas;

    /// <summary>What a typed client has no use for: samples, defaults (which must not be sent unasked), rules that the API
    /// enforces, and enumerations, whose next value an enum type would refuse.</summary>
    private static readonly string[] Unneeded =
    [
        "x-mcp", "example", "examples", "default", "enum", "const", "pattern", "title", "discriminator", "xml", "externalDocs",
        "tags", "security", "deprecated", "callbacks", "links", "servers", "minLength", "maxLength", "minItems", "maxItems",
        "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "uniqueItems", "operationId", "$comment",
    ];

    private TypedDocument(JsonObject root)
    {
        this.root = root;
        root["components"] ??= new JsonObject();
        root["components"]!["schemas"] ??= new JsonObject();
        schemas = root["components"]!["schemas"]!.AsObject();
    }

    /// <summary>Whether NSwag may write a method of the operation. It puts paths and parameter names into string literals as
    /// they stand, so only plain ones are shown to it; the raw half has the others.</summary>
    public static bool CanWrite(OperationModel operation) =>
        PlainPath().IsMatch(operation.Path)
        && operation.Parameters.All(parameter => PlainName().IsMatch(parameter.Name))
        && operation.Body?.Members.All(member => operation.Body.Kind == "Json" || PlainName().IsMatch(member.Name)) != false
        && PlainPath().IsMatch(operation.Body?.ContentType ?? "");

    public static JsonObject Prepare(JsonObject document, IReadOnlyList<OperationModel> operations)
    {
        var typed = new TypedDocument((JsonObject)document.DeepClone());
        typed.Prepare(operations);
        return typed.root;
    }

    private void Prepare(IReadOnlyList<OperationModel> operations)
    {
        root["openapi"] = "3.0.3";
        var paths = new JsonObject();
        foreach (var operation in operations.OrderBy(operation => operation.Path, StringComparer.Ordinal)
            .ThenBy(operation => operation.Method, StringComparer.Ordinal))
        {
            var source = JsonPointer.Find(root, operation.Pointer)!.DeepClone().AsObject();
            var item = JsonPointer.Find(root, operation.Pointer[..operation.Pointer.LastIndexOf('/')])!.AsObject();
            Body(source, operation);
            Answers(source, operation);
            paths[operation.Path] ??= item["parameters"] is { } shared ? new JsonObject { ["parameters"] = shared.DeepClone() } : new JsonObject();
            paths[operation.Path]![operation.Method.ToLowerInvariant()] = source;
        }

        // NSwag is shown what it needs and nothing else: texts of the specification are hostile input (rule E1).
        var components = new JsonObject { ["schemas"] = schemas.DeepClone() };
        foreach (var kind in (string[])["parameters", "responses", "requestBodies", "headers"])
        {
            components[kind] = root["components"]![kind]?.DeepClone();
        }

        root.Clear();
        root["openapi"] = "3.0.3";
        root["paths"] = paths;
        root["components"] = components;
        schemas = components["schemas"]!.AsObject();
        foreach (var (name, schema) in schemas.ToList())
        {
            Name(schema, name);
        }

        Simplify(root);
        root["info"] = new JsonObject { ["title"] = "API", ["version"] = "1" };
    }

    private void Body(JsonObject operation, OperationModel model)
    {
        if (model.Body is null || Target(operation["requestBody"])?.DeepClone() is not JsonObject body)
        {
            operation.Remove("requestBody");
            return;
        }

        var content = body["content"]!.AsObject();
        var (type, media) = content.First(pair => pair.Key.Split(';')[0].Trim() == model.Body.ContentType);
        body["content"] = new JsonObject { [type] = media?.DeepClone() };
        operation["requestBody"] = body;
        Hoist(body["content"]![type] as JsonObject, "schema", model.MethodName + "Request", model.ClientName);
    }

    // All answers that mean success share the richest schema, so that one type is returned whatever the status.
    private void Answers(JsonObject operation, OperationModel model)
    {
        var success = new List<JsonObject>();
        foreach (var (status, response) in (operation["responses"] as JsonObject ?? []).ToList())
        {
            if (Target(response)?.DeepClone() is not JsonObject answer)
            {
                continue;
            }

            operation["responses"]![status] = answer;
            if (answer["content"] is not JsonObject { Count: > 0 } content)
            {
                continue;
            }

            var (type, _) = MediaTypes.Choose(content.Select(pair => pair.Key));
            var media = content[type]!.DeepClone().AsObject();
            answer["content"] = new JsonObject { [type] = media };
            if (status.StartsWith('2'))
            {
                success.Add(media);
            }
            else
            {
                Hoist(media, "schema", "Failure", "");
            }
        }

        var richest = success.Select(media => media["schema"]).MaxBy(schema => (schema?["properties"] as JsonObject)?.Count ?? 0)?.DeepClone();
        foreach (var media in success)
        {
            media["schema"] = richest?.DeepClone();
            Hoist(media, "schema", model.MethodName + "Response", model.ClientName);
        }
    }

    private JsonNode? Target(JsonNode? node) => SpecificationDocument.ReferenceOf(node) is { } reference
        ? JsonPointer.Find(root, Uri.UnescapeDataString(reference[1..]))
        : node;

    // An inline object becomes a named schema: BillsCreateRequest, and its inner objects BillsCreateRequestDetailsItem.
    private void Hoist(JsonObject? holder, string key, string name, string clientName)
    {
        if (holder?[key] is not JsonObject schema || schema.ContainsKey("$ref"))
        {
            return;
        }

        if (schema["properties"] is not JsonObject)
        {
            Name(schema, name);
            return;
        }

        var full = schemas.ContainsKey(name) && !JsonNode.DeepEquals(schemas[name], schema)
            ? clientName.Replace("Client", "", StringComparison.Ordinal) + name
            : name;
        holder[key] = new JsonObject { ["$ref"] = "#/components/schemas/" + full };
        schemas[full] = schema;
        Name(schema, full);
    }

    private void Name(JsonNode? node, string name)
    {
        if (node is not JsonObject schema)
        {
            return;
        }

        foreach (var (property, _) in (schema["properties"] as JsonObject ?? []).ToList())
        {
            Hoist(schema["properties"]!.AsObject(), property, name + Pascal(property), "");
        }

        if (schema.ContainsKey("items"))
        {
            Hoist(schema, "items", name + "Item", "");
        }

        foreach (var part in schema["allOf"] as JsonArray ?? [])
        {
            Name(part, name);
        }
    }

    private static string Pascal(string name) => string.Concat(name.Split(['_', '-', '.', ' '], StringSplitOptions.RemoveEmptyEntries)
        .Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static void Simplify(JsonNode? node, bool isMemberList = false)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list)
            {
                Simplify(item);
            }

            return;
        }

        if (node is not JsonObject map)
        {
            return;
        }

        foreach (var keyword in Unneeded)
        {
            // A member may be called 'example' too; that one holds a schema and stands among its like.
            if (!isMemberList)
            {
                map.Remove(keyword);
            }
        }

        foreach (var keyword in (string[])["description", "summary"])
        {
            if (!isMemberList && map.ContainsKey(keyword))
            {
                map[keyword] = PlainText.Clean(map[keyword]?.ToString()).Replace('\n', ' ');
            }
        }

        if (!isMemberList && map["$ref"] is JsonValue)
        {
            foreach (var (name, _) in map.Where(pair => pair.Key != "$ref").ToList())
            {
                map.Remove(name);
            }

            return;
        }

        if (!isMemberList && map["type"] is JsonArray types)
        {
            var plain = types.Select(type => type?.ToString()).Where(type => type != "null").ToList();
            map.Remove("type");
            if (plain.Count == 1)
            {
                map["type"] = plain[0];
            }

            map["nullable"] = true;
        }

        switch (map["type"] is JsonValue type && type.TryGetValue<string>(out var text) ? text : null)
        {
            case "number":
                map["format"] = "decimal"; // money: a float would lose cents
                break;
            case "integer":
                map["format"] = "int64";
                break;
            case "string" when map["format"]?.ToString() is not ("binary" or "byte"):
                // The API sends whole timestamps where a date is promised, so these stay texts.
                map.Remove("format");
                break;
        }

        if (!isMemberList && (map.ContainsKey("oneOf") || map.ContainsKey("anyOf")))
        {
            // One type for all alternatives would be a lie; the value is handed over as it came.
            map.Remove("oneOf");
            map.Remove("anyOf");
            map.Remove("type");
        }

        foreach (var (name, value) in map.ToList())
        {
            // A member whose name NSwag cannot write safely is left to the extension data.
            if (isMemberList && !PlainPath().IsMatch(name))
            {
                map.Remove(name);
                continue;
            }

            Simplify(value, !isMemberList && name is "properties" or "schemas" or "responses" or "parameters" or "requestBodies" or "headers" or "content");
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9_.~/{}:@,;=+*()!$ -]*$")]
    private static partial Regex PlainPath();

    [GeneratedRegex(@"^[A-Za-z0-9_.$:\[\]-]+$")]
    private static partial Regex PlainName();
}
