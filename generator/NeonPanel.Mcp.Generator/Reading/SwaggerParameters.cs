using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Generator.Reading;

/// <summary>Converts the Parameter Objects of Swagger 2.0. Parameters in <c>body</c> and <c>formData</c> become the
/// request body.</summary>
internal sealed class SwaggerParameters(JsonObject swagger, SwaggerSchemas schemas)
{
    /// <summary>Extension member for the list formats that OpenAPI 3 cannot express: tab characters, and in a path or
    /// header every delimiter except the comma.</summary>
    public const string Format = "x-collectionFormat";

    /// <summary>Member of our own for the formats of the lists inside a list, the outermost first. OpenAPI 3 has no
    /// styles for them.</summary>
    public const string ItemFormats = "x-itemFormats";

    private const string UrlEncoded = "application/x-www-form-urlencoded";
    private const string Multipart = "multipart/form-data";

    private static readonly string[] SchemaMembers =
    [
        "type",
        "format",
        "items",
        "default",
        "maximum",
        "exclusiveMaximum",
        "minimum",
        "exclusiveMinimum",
        "maxLength",
        "minLength",
        "pattern",
        "maxItems",
        "minItems",
        "uniqueItems",
        "enum",
        "multipleOf",
        "x-nullable",
    ];

    private readonly SpecificationDocument document = new("", swagger);

    /// <summary>Returns whether OpenAPI 3 describes the parameter as part of the request body.</summary>
    public static bool IsBody(JsonNode? parameter) => parameter.Text("in") is "body" or "formData";

    /// <summary>Converts the parameters of a path or operation that are not part of the body.</summary>
    public JsonArray Convert(JsonArray parameters) =>
        [.. parameters.Where(parameter => !IsBody(Resolve(parameter))).Select(Convert)];

    /// <summary>Converts one parameter or header.</summary>
    public JsonNode? Convert(JsonNode? node)
    {
        if (node is not JsonObject parameter)
        {
            return node?.DeepClone();
        }

        if (SpecificationDocument.ReferenceOf(parameter) is { } reference)
        {
            // The target is copied, because a reference into a path would be wrong after the conversion.
            return
                reference.StartsWith("#/parameters/", StringComparison.Ordinal)
                || Resolve(parameter) is not JsonObject target
                ? new JsonObject { ["$ref"] = SwaggerSchemas.Renamed(reference) }
                : Convert(target);
        }

        var result = new JsonObject();
        SwaggerUpgrade.Copy(parameter, result, ["schema", "collectionFormat", .. SchemaMembers]);
        result["schema"] = Schema(parameter);
        if (parameter.Text("type") == "array")
        {
            SetFormat(result, parameter);
        }

        return result;
    }

    /// <summary>Creates the request body of an operation.</summary>
    /// <param name="shared">The parameters of the path. Parameters of the operation override them.</param>
    /// <param name="own">The parameters of the operation.</param>
    /// <param name="consumes">The media types that the operation accepts.</param>
    /// <returns><see langword="null"/> if the operation has no body.</returns>
    public JsonObject? Body(JsonArray shared, JsonArray own, JsonArray consumes)
    {
        var found = new OrderedDictionary<(string?, string?), JsonObject>();
        foreach (var parameter in shared.Concat(own).Select(Resolve).OfType<JsonObject>().Where(IsBody))
        {
            // The name of a body parameter is never sent.
            var isBody = parameter.Text("in") == "body";
            found[(parameter.Text("in"), isBody ? null : parameter.Text("name"))] = parameter;
        }

        if (found.Values.FirstOrDefault(parameter => parameter.Text("in") == "body") is { } body)
        {
            return Whole(body, Texts(consumes));
        }

        if (found.Count > 0)
        {
            return Form(found.Values, Texts(consumes));
        }

        return null;
    }

    /// <summary>Returns the strings of a list.</summary>
    public static IEnumerable<string> Texts(JsonArray list) =>
        list.OfType<JsonValue>()
            .Select(item => item.ToString())
            .Where(text => text.Length > 0)
            .Distinct(StringComparer.Ordinal);

    private JsonObject Whole(JsonObject parameter, IEnumerable<string> consumes)
    {
        var result = new JsonObject();
        SwaggerUpgrade.Copy(parameter, result, "in", "schema");
        result["content"] = new JsonObject(
            consumes
                .DefaultIfEmpty("application/json")
                .Select(type =>
                    KeyValuePair.Create(
                        type,
                        (JsonNode?)new JsonObject { ["schema"] = schemas.Convert(parameter["schema"]) }
                    )
                )
        );
        return result;
    }

    // Swagger 2.0, "Parameter Object": formData has one of two media types, whatever else the operation accepts. A file
    // is always multipart.
    private JsonObject Form(IReadOnlyCollection<JsonObject> fields, IEnumerable<string> consumes)
    {
        var types = consumes.Select(type => type.Split(';')[0].Trim().ToLowerInvariant()).ToList();
        var isMultipart =
            fields.Any(field => field.Text("type") == "file")
            || (types.Contains(Multipart) && !types.Contains(UrlEncoded));
        var (properties, required, encoding) = (new JsonObject(), new JsonArray(), new JsonObject());
        foreach (var field in fields)
        {
            var name = field.Text("name") ?? "";
            var schema = Schema(field);
            if (field.Text("description") is { } text && schema is JsonObject described)
            {
                described["description"] = text;
            }

            properties[name] = schema;
            if (field.IsTrue("required"))
            {
                required.Add((JsonNode)name);
            }

            if (field.Text("type") == "array")
            {
                var format = new JsonObject { ["in"] = "formData" };
                SetFormat(format, field);
                format.Remove("in");
                encoding[name] = format;
            }
        }

        var form = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (required.Count > 0)
        {
            form["required"] = required;
        }

        return new()
        {
            ["required"] = required.Count > 0,
            ["content"] = new JsonObject
            {
                [isMultipart ? Multipart : UrlEncoded] = new JsonObject { ["schema"] = form, ["encoding"] = encoding },
            },
        };
    }

    // 'csv' is the default everywhere; 'multi' is allowed only in a query or form.
    private static void SetFormat(JsonObject target, JsonObject parameter)
    {
        if (ItemFormatsOf(parameter) is { Count: > 0 } formats)
        {
            target[ItemFormats] = formats;
        }

        var format = parameter.Text("collectionFormat");
        if (target.Text("in") is not ("query" or "formData"))
        {
            if (format is "ssv" or "tsv" or "pipes")
            {
                target[Format] = format;
            }

            return;
        }

        target["style"] = format switch
        {
            "ssv" => "spaceDelimited",
            "pipes" => "pipeDelimited",
            _ => "form",
        };
        target["explode"] = format == "multi";
        if (format == "tsv")
        {
            target[Format] = format;
        }
    }

    // Swagger 2.0, "Items Object": the list inside has a format of its own, csv unless it says another. Deeper lists
    // than anybody writes are sent as JSON.
    private static JsonArray ItemFormatsOf(JsonObject parameter)
    {
        const int most = 8;
        var formats = new JsonArray();
        for (
            var items = parameter["items"];
            items.Text("type") == "array" && formats.Count < most;
            items = items.Get("items")
        )
        {
            formats.Add((JsonNode)(items.Text("collectionFormat") ?? "csv"));
        }

        return formats;
    }

    // 'schema' is not allowed together with 'in: query', yet real documents contain it.
    private JsonNode? Schema(JsonObject parameter)
    {
        if (parameter["schema"] is JsonObject schema)
        {
            return schemas.Convert(schema);
        }

        var members = new JsonObject();
        foreach (var name in SchemaMembers.Where(parameter.ContainsKey))
        {
            members[name] = parameter[name]?.DeepClone();
        }

        return schemas.Convert(members);
    }

    private JsonNode? Resolve(JsonNode? node)
    {
        // The same limit as for references of OpenAPI 3. A longer or broken chain is reported when OpenAPI 3 is read.
        for (var step = 0; step < 64 && SpecificationDocument.ReferenceOf(node) is { } reference; step++)
        {
            node = reference.StartsWith('#') ? document.Find(Uri.UnescapeDataString(reference[1..])) : null;
        }

        return node;
    }
}
