using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Diagnostics;

namespace NeonPanel.Mcp.Generator.Model;

/// <summary>The arguments that choose a part of a list, as the overlay declares them (<c>x-mcp.paging</c>). Without a
/// declaration, the server recognizes them by their names.</summary>
internal sealed record PagingModel(string? Page, string? Size, string? Offset, string? Cursor)
{
    private IEnumerable<string> Arguments => new[] { Page, Size, Offset, Cursor }.OfType<string>();

    public static PagingModel? Read(JsonObject? extension) =>
        extension?["paging"] is JsonObject paging
            ? new(Text(paging, "page"), Text(paging, "size"), Text(paging, "offset"), Text(paging, "cursor"))
            : null;

    /// <summary>Finds declarations that name what is no argument.</summary>
    public static IEnumerable<Diagnostic> Check(string file, IEnumerable<OperationModel> tools) =>
        tools.SelectMany(tool =>
            (tool.Paging?.Arguments ?? [])
                .Where(name => tool.Arguments.Properties.All(property => property.Name != name))
                .Select(name => new Diagnostic(
                    DiagnosticIds.OverlayMember,
                    Severity.Error,
                    file,
                    tool.Pointer,
                    $"'{tool.ToolName}' has no argument '{name}'. Correct it in the overlay (x-mcp.paging)."
                ))
        );

    private static string? Text(JsonObject paging, string name) =>
        paging[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
