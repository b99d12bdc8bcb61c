using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Building;

/// <summary>Reads the overlay's <c>x-mcp.spans</c>.</summary>
internal static class SpanReader
{
    /// <summary>Reads <c>x-mcp.spans</c> of the operation, otherwise those of the document whose two arguments the
    /// operation has.</summary>
    public static IReadOnlyList<SpanModel> Read(JsonObject root, JsonObject extension, SchemaModel arguments) =>
        extension.ContainsKey("spans")
            ? [.. Pairs(extension)]
            : [.. Pairs(root["x-mcp"] as JsonObject).Where(span => Faults(span, arguments).Count == 0)];

    /// <summary>Finds declarations that name an argument that is not a date.</summary>
    public static IEnumerable<Diagnostic> Check(string file, IEnumerable<OperationModel> tools) =>
        tools.SelectMany(tool =>
            tool.Spans.SelectMany(span => Faults(span, tool.Arguments))
                .Select(name => new Diagnostic(
                    DiagnosticIds.OverlayMember,
                    Severity.Error,
                    file,
                    tool.Pointer,
                    $"'{tool.ToolName}' has no argument '{name}' that is a date. Correct it in the overlay (x-mcp.spans)."
                ))
        );

    private static List<string> Faults(SpanModel span, SchemaModel arguments) =>
        [
            .. new[] { span.From, span.To }.Where(name =>
                arguments.Properties.All(property => property.Name != name || property.Schema.Format != "date")
            ),
        ];

    private static IEnumerable<SpanModel> Pairs(JsonObject? extension) =>
        extension
            .Items("spans")
            .OfType<JsonArray>()
            .Select(pair => new SpanModel(
                pair.ElementAtOrDefault(0)?.ToString() ?? "",
                pair.ElementAtOrDefault(1)?.ToString() ?? ""
            ));
}
