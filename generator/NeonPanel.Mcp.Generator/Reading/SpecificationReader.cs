using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using NeonPanel.Mcp.Generator.Diagnostics;

namespace NeonPanel.Mcp.Generator.Reading;

/// <summary>Bytes → document. JSON or YAML; OpenAPI 3.x as it is, 2.0 upgraded by Microsoft.OpenApi first.</summary>
internal static class SpecificationReader
{
    /// <summary>Deepest nesting of a document.</summary>
    private const int MaxDepth = 128;

    /// <summary>Largest document, in bytes.</summary>
    private const int MaxBytes = 64 * 1024 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <summary>Reads a specification.</summary>
    /// <param name="file">Its name, for diagnostics.</param>
    /// <param name="bytes">Its content.</param>
    /// <param name="diagnostics">Takes what the OpenAPI reader complains of, as warnings.</param>
    /// <exception cref="FaultException">It cannot be read, or is no OpenAPI description.</exception>
    public static SpecificationDocument Read(string file, byte[] bytes, List<Diagnostic> diagnostics)
    {
        if (bytes.Length > MaxBytes)
        {
            throw Fault(file, DiagnosticIds.Unreadable, $"The file has {bytes.Length} bytes; at most {MaxBytes} are read.");
        }

        var root = Parse(file, bytes);
        if (root["swagger"]?.ToString() == "2.0")
        {
            root = Upgrade(file, root);
        }

        var version = root["openapi"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
        if (version is null || !version.StartsWith("3.", StringComparison.Ordinal))
        {
            throw Fault(file, DiagnosticIds.NotOpenApi, version is null
                ? "The document has no 'openapi' member: it is no OpenAPI description. Expected OpenAPI 3.0, 3.1, 3.2, or Swagger 2.0."
                : $"The document says openapi '{version}'; expected 3.0, 3.1 or 3.2.");
        }

        if (root["paths"] is not (null or JsonObject) || root["info"] is not JsonObject)
        {
            throw Fault(file, DiagnosticIds.NotOpenApi, "'info' and 'paths' must be objects.");
        }

        CheckStructure(file, root, diagnostics);
        return new(file, root);
    }

    /// <summary>Parses JSON or YAML into a tree.</summary>
    /// <exception cref="FaultException">The text is neither, or is no object.</exception>
    public static JsonObject Parse(string file, byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF');
        JsonNode? node;
        if (text.AsSpan().TrimStart().StartsWith("{", StringComparison.Ordinal))
        {
            try
            {
                node = JsonNode.Parse(text, documentOptions: Strict);
            }
            catch (JsonException exception)
            {
                throw Fault(file, DiagnosticIds.Unreadable, "The file is no valid JSON: " + exception.Message);
            }
        }
        else
        {
            node = YamlTree.Parse(file, text);
        }

        return node as JsonObject
            ?? throw Fault(file, DiagnosticIds.NotOpenApi, "The file holds no object at its root.");
    }

    private static JsonObject Upgrade(string file, JsonObject root)
    {
        var result = OpenApiDocument.Parse(root.ToJsonString(), OpenApiConstants.Json);
        if (result.Document is null)
        {
            throw Fault(file, DiagnosticIds.NotOpenApi, "The Swagger 2.0 document could not be read: " +
                string.Join("; ", result.Diagnostic?.Errors.Select(error => error.Message) ?? []));
        }

        using var text = new StringWriter(System.Globalization.CultureInfo.InvariantCulture);
        result.Document.SerializeAsV31(new OpenApiJsonWriter(text));
        return (JsonObject)JsonNode.Parse(text.ToString(), documentOptions: new() { MaxDepth = MaxDepth })!;
    }

    // A second opinion on the structure. Real descriptions break many rules and still work, so these are warnings; what
    // makes a tool impossible is found where the tool is made.
    private static void CheckStructure(string file, JsonObject root, List<Diagnostic> diagnostics)
    {
        ReadResult result;
        try
        {
            result = OpenApiDocument.Parse(root.ToJsonString(), OpenApiConstants.Json);
        }
        catch (Exception exception) when (exception is OpenApiException or InvalidOperationException or FormatException)
        {
            diagnostics.Add(new(DiagnosticIds.Structure, Severity.Warning, file, "", exception.Message));
            return;
        }

        diagnostics.AddRange((result.Diagnostic?.Errors ?? []).Select(error =>
            new Diagnostic(DiagnosticIds.Structure, Severity.Warning, file, (error.Pointer ?? "").TrimStart('#'), error.Message)));
    }

    private static FaultException Fault(string file, string id, string message) =>
        new(new(id, Severity.Error, file, "", message));
}
