using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using NeonPanel.Mcp.Generator.Diagnostics;

namespace NeonPanel.Mcp.Generator.Reading;

/// <summary>Reads a specification in JSON or YAML. OpenAPI 3.x stays as it is, 2.0 is upgraded first.</summary>
internal static class SpecificationReader
{
    /// <summary>Largest document, in bytes. The largest known one has 47 MB, and its tree takes about ten times as much
    /// memory.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>Reads a specification.</summary>
    /// <param name="file">The file's name, for diagnostics.</param>
    /// <param name="bytes">The file's content.</param>
    /// <param name="diagnostics">Receives warnings.</param>
    /// <exception cref="FaultException">The file cannot be read, or is not an OpenAPI description.</exception>
    public static SpecificationDocument Read(string file, byte[] bytes, List<Diagnostic> diagnostics)
    {
        if (bytes.Length > MaxBytes)
        {
            throw Fault(
                file,
                DiagnosticIds.Unreadable,
                $"The file has {bytes.Length} bytes; at most {MaxBytes} are read."
            );
        }

        var root = Parse(file, bytes, diagnostics);
        if (root["swagger"]?.ToString() == "2.0")
        {
            root = SwaggerUpgrade.Of(root);
        }

        var version = root["openapi"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
        if (version is null || !version.StartsWith("3.", StringComparison.Ordinal))
        {
            const string expected = "Expected OpenAPI 3.0, 3.1, 3.2, or Swagger 2.0.";
            throw Fault(
                file,
                DiagnosticIds.NotOpenApi,
                (root["openapi"] ?? root["swagger"]) switch
                {
                    null => "The document has no 'openapi' member: it is not an OpenAPI description. " + expected,
                    JsonValue found when found.GetValueKind() == JsonValueKind.Number =>
                        $"The version of the document is the number {found.ToJsonString()}; write the whole of it as text, such as openapi: '3.1.0'. {expected}",
                    var found =>
                        $"The document says {(root.ContainsKey("openapi") ? "openapi" : "swagger")} {found.ToJsonString()}. {expected}",
                }
            );
        }

        if (root["paths"] is not (null or JsonObject) || root["info"] is not JsonObject)
        {
            throw Fault(file, DiagnosticIds.NotOpenApi, "'info' and 'paths' must be objects.");
        }

        return new(file, root);
    }

    /// <summary>Parses JSON or YAML into a tree.</summary>
    /// <exception cref="FaultException">The text is neither JSON nor YAML, or its root is not an object.</exception>
    public static JsonObject Parse(string file, byte[] bytes, List<Diagnostic> diagnostics)
    {
        if (bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            bytes = bytes[3..];
        }

        if (!Utf8.IsValid(bytes))
        {
            throw Fault(
                file,
                DiagnosticIds.Unreadable,
                $"The file is not UTF-8: byte {FirstInvalid(bytes)} does not start a character. Save it as UTF-8."
            );
        }

        var node = bytes.AsSpan().TrimStart(" \r\n\t"u8).StartsWith("{"u8)
            ? JsonTree.Parse(file, bytes, diagnostics)
            : YamlTree.Parse(file, Encoding.UTF8.GetString(bytes));
        return node as JsonObject
            ?? throw Fault(file, DiagnosticIds.NotOpenApi, "The file holds no object at its root.");
    }

    private static int FirstInvalid(byte[] bytes)
    {
        try
        {
            _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(bytes);
            return 0;
        }
        catch (DecoderFallbackException exception)
        {
            return exception.Index;
        }
    }

    private static FaultException Fault(string file, string id, string message) =>
        new(new(id, Severity.Error, file, "", message));
}
