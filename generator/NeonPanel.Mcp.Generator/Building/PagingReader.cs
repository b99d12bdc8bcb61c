using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;

namespace NeonPanel.Mcp.Generator.Building;

/// <summary>Reads the overlay's <c>x-mcp.paging</c>.</summary>
internal static class PagingReader
{
    public static PagingModel? Read(JsonObject? extension) =>
        extension?["paging"] is JsonObject paging
            ? new(Text(paging, "page"), Text(paging, "size"), Text(paging, "offset"), Text(paging, "cursor"))
            : null;

    /// <summary>Finds declarations that name an argument that the tool does not have.</summary>
    public static IEnumerable<Diagnostic> Check(string file, IEnumerable<OperationModel> tools) =>
        tools.SelectMany(tool =>
            Arguments(tool.Paging)
                .Where(name => tool.Arguments.Properties.All(property => property.Name != name))
                .Select(name => new Diagnostic(
                    DiagnosticIds.OverlayMember,
                    Severity.Error,
                    file,
                    tool.Pointer,
                    $"'{tool.ToolName}' has no argument '{name}'. Correct it in the overlay (x-mcp.paging)."
                ))
        );

    private static IEnumerable<string> Arguments(PagingModel? paging) =>
        paging is null ? [] : new[] { paging.Page, paging.Size, paging.Offset, paging.Cursor }.OfType<string>();

    private static string? Text(JsonObject paging, string name) =>
        paging[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
