using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Reading;
using NJsonSchema;
using NSwag;

namespace NeonPanel.Mcp.Generator.Emission;

/// <summary>Builds NSwag's model of a <see cref="TypedDocument"/> directly. NSwag's own reader writes and parses the
/// document as text, and searches references by reflection, which took longer than the rest of the generator.</summary>
internal sealed class NSwagModel
{
    private readonly Dictionary<string, JsonSchema> types = new(StringComparer.Ordinal);
    private readonly OpenApiDocument document = new() { SchemaType = SchemaType.OpenApi3 };

    /// <summary>Builds the model of one slice.</summary>
    public static OpenApiDocument Of(TypedSlice slice)
    {
        var model = new NSwagModel();
        foreach (var (name, _) in slice.Types.Concat(slice.Others))
        {
            model.document.Definitions[name] = model.types[name] = new() { Type = JsonObjectType.Object };
        }

        foreach (var (name, schema) in slice.Types)
        {
            model.Fill(model.types[name], schema!.AsObject());
        }

        // NSwag writes a type without members as a plain object, so a type with members gets a placeholder member here.
        foreach (var (name, _) in slice.Others.Where(type => type.Value.Members("properties").Count > 0))
        {
            model.types[name].Properties["member"] = new();
        }

        foreach (var path in slice.Operations.GroupBy(operation => operation.Path, StringComparer.Ordinal))
        {
            var item = new OpenApiPathItem();
            foreach (var operation in path)
            {
                item[operation.Method] = model.Operation(operation.Source);
            }

            model.document.Paths[path.Key] = item;
        }

        return model.document;
    }

    private OpenApiOperation Operation(JsonNode source)
    {
        var operation = new OpenApiOperation { Summary = source.Text("summary") };
        foreach (var parameter in source.Items("parameters"))
        {
            operation.Parameters.Add(
                new()
                {
                    Name = parameter.Text("name"),
                    Kind = Enum.Parse<OpenApiParameterKind>(parameter.Text("in")!, ignoreCase: true),
                    IsRequired = parameter.IsTrue("required"),
                    Description = parameter.Text("description"),
                    Schema = Schema(parameter.Get("schema")),
                }
            );
        }

        if (source.Get("requestBody") is { } body)
        {
            operation.RequestBody = new() { IsRequired = body.IsTrue("required") };
            AddContent(operation.RequestBody.Content, body);
        }

        foreach (var (status, answer) in source.Members("responses"))
        {
            var response = new OpenApiResponse { Description = "" };
            AddContent(response.Content, answer!);
            operation.Responses[status] = response;
        }

        return operation;
    }

    private void AddContent(IDictionary<string, OpenApiMediaType> content, JsonNode holder)
    {
        foreach (var (type, media) in holder.Members("content"))
        {
            content[type] = new() { Schema = Schema(media.Get("schema")) };
        }
    }

    private JsonSchema? Schema(JsonNode? source) => source is JsonObject map ? Fill(new JsonSchema(), map) : null;

    private T Fill<T>(T schema, JsonObject source)
        where T : JsonSchema
    {
        if (TypedSchemas.ReferenceOf(source) is { } reference)
        {
            schema.Reference = types[reference];
            return schema;
        }

        schema.Type = source.Text("type") is { } type
            ? Enum.Parse<JsonObjectType>(type, ignoreCase: true)
            : JsonObjectType.None;
        schema.Format = source.Text("format");
        schema.Description = source.Text("description");
        if (source.IsTrue("nullable"))
        {
            schema.IsNullableRaw = true;
        }

        foreach (var form in source.Items("oneOf"))
        {
            schema.OneOf.Add(Schema(form)!);
        }

        if (source["items"] is { } items)
        {
            schema.Item = Schema(items);
        }

        if (source["additionalProperties"] is { } others)
        {
            schema.AdditionalPropertiesSchema = Schema(others);
        }

        foreach (var (name, member) in source.Members("properties"))
        {
            schema.Properties[name] = Fill(new JsonSchemaProperty(), member!.AsObject());
        }

        foreach (var name in source.Items("required"))
        {
            schema.RequiredProperties.Add(name!.GetValue<string>());
        }

        return schema;
    }
}
