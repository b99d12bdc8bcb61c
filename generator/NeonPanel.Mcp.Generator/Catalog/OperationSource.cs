using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Catalog;

/// <summary>An operation as it is in the document.</summary>
internal sealed record OperationSource(
    string Method,
    string Path,
    JsonObject Operation,
    JsonObject PathItem,
    string Pointer,
    string PathPointer
)
{
    public string Key => Method + " " + Path;

    public string? OperationId =>
        Operation["operationId"] is JsonValue value && value.TryGetValue<string>(out var id) && id.Length > 0
            ? id
            : null;

    /// <summary>Gets <c>x-mcp</c> of the operation; an empty object if the overlay adds none.</summary>
    public JsonObject Extension => Operation["x-mcp"] as JsonObject ?? [];

    /// <summary>Gets the arguments that are files according to the overlay.</summary>
    public IReadOnlyList<string> Files => [.. Extension.Items("fileParams").Select(name => name?.ToString() ?? "")];
}
