using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using NeonPanel.Mcp.Generator.Diagnostics;

namespace NeonPanel.Mcp.Generator.Reading;

/// <summary>Swagger 2.0 → OpenAPI 3.1 by Microsoft.OpenApi, and what that leaves out.</summary>
internal static class SwaggerUpgrade
{
    private static readonly string[] Lists = ["items", "minItems", "maxItems", "uniqueItems", "default", "enum", "collectionFormat"];

    /// <exception cref="FaultException">The document cannot be brought to OpenAPI 3.</exception>
    public static JsonObject Of(string file, JsonObject root)
    {
        WriteOutTabs(root);
        WriteOutFields(new(file, root));
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        try
        {
            var result = OpenApiDocument.Parse(root.ToJsonString(), OpenApiConstants.Json);
            if (result.Document is null)
            {
                throw Fault(file, "The Swagger 2.0 document could not be read: " +
                    string.Join("; ", result.Diagnostic?.Errors.Select(error => error.Message) ?? []));
            }

            result.Document.SerializeAsV31(new OpenApiJsonWriter(text));
        }
        // The library throws whatever its parts throw at what they did not expect.
        catch (Exception exception) when (exception is not (FaultException or OutOfMemoryException))
        {
            throw Fault(file, "The Swagger 2.0 document could not be brought to OpenAPI 3: " + exception.Message);
        }

        var upgraded = (JsonObject)JsonNode.Parse(text.ToString(), documentOptions: new() { MaxDepth = 2 * JsonTree.MaxDepth })!;
        RequireForms(root, upgraded);
        return upgraded;
    }

    // OpenAPI 3 has no style for lists with tabs between, and the library gives up on them: they stay the text that is sent.
    private static void WriteOutTabs(JsonNode? node)
    {
        if (node is JsonObject map)
        {
            if (map.Text("collectionFormat") == "tsv")
            {
                foreach (var keyword in Lists)
                {
                    map.Remove(keyword);
                }

                map["type"] = "string";
                map["description"] = (map.Text("description") + " A list, with tab characters between its items.").TrimStart();
            }

            foreach (var (_, value) in map)
            {
                WriteOutTabs(value);
            }
        }
        else if (node is JsonArray list)
        {
            foreach (var item in list)
            {
                WriteOutTabs(item);
            }
        }
    }

    // A field of a form that is referred to would be taken for the whole body.
    private static void WriteOutFields(SpecificationDocument swagger)
    {
        foreach (var holder in swagger.Root.Members("paths").SelectMany(item => (item.Value as JsonObject ?? []).Select(pair => pair.Value).Prepend(item.Value)))
        {
            var parameters = holder.Items("parameters");
            for (var index = 0; index < parameters.Count; index++)
            {
                if (SpecificationDocument.ReferenceOf(parameters[index]) is ['#', ..] reference
                    && swagger.Find(Uri.UnescapeDataString(reference[1..])) is { } field && field.Text("in") == "formData")
                {
                    parameters[index] = field.DeepClone();
                }
            }
        }
    }

    // A field that is required makes its form required; without that all of it could be left out.
    private static void RequireForms(JsonObject swagger, JsonObject upgraded)
    {
        foreach (var (path, item) in swagger.Members("paths"))
        {
            foreach (var (method, operation) in item as JsonObject ?? [])
            {
                if (item.Items("parameters").Concat(operation.Items("parameters")).Any(field => field.Text("in") == "formData" && field.IsTrue("required"))
                    && upgraded.Get("paths").Get(path).Get(method).Get("requestBody") is JsonObject body)
                {
                    body["required"] = true;
                }
            }
        }
    }

    private static FaultException Fault(string file, string message) => new(new(DiagnosticIds.NotOpenApi, Severity.Error, file, "", message));
}
