using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Building;

/// <summary>Finds the list of an answer of which the server can read all pages (<c>x-mcp.totals</c>).</summary>
internal static class RowsReader
{
    private const string Member = "totals";

    // Lists beside the rows, as several frameworks write them.
    private static readonly string[] Others = ["errors", "warnings", "messages", "links", "included", "filters"];

    // The first level that has one list of objects.
    private const int MaxDepth = 3;

    /// <summary>Returns the list if the overlay enables totals for the operation, or for all operations with known
    /// paging.</summary>
    /// <param name="answer">The object that the server returns.</param>
    public static RowsModel? Read(OperationSource source, JsonNode root, HintsModel hints, SchemaModel answer)
    {
        var own = source.Extension[Member];
        var isDeclared = own is JsonObject || source.Extension.IsTrue(Member);
        var isAsked = isDeclared || (own is null && root["x-mcp"].IsTrue(Member));
        return isAsked && hints.ReadOnly && Find(answer) is { } path
            ? new(path, own.Text("currency")) { IsDeclared = isDeclared }
            : null;
    }

    /// <summary>Finds declarations of operations whose answer has no single list of rows, or whose rows lack the
    /// currency.</summary>
    public static IEnumerable<Diagnostic> Check(string file, IEnumerable<OperationModel> tools)
    {
        foreach (var tool in tools)
        {
            var own = tool.Source.Extension[Member];
            if (tool.Rows is null && (own is JsonObject || tool.Source.Extension.IsTrue(Member)))
            {
                yield return Finding(
                    tool,
                    $"'{tool.ToolName}' cannot have totals: it must only read, answer with one list of objects, and have no argument named total, where or all_pages."
                );
            }
            else if (tool.Rows is { Currency: { } currency } rows && !Has(RowOf(tool.AnswerShape, rows.Path), currency))
            {
                yield return Finding(tool, $"The rows of '{tool.ToolName}' have no member '{currency}'.");
            }
        }

        Diagnostic Finding(OperationModel tool, string message) =>
            new(
                DiagnosticIds.OverlayMember,
                Severity.Error,
                file,
                tool.Pointer,
                $"{message} Correct it in the overlay (x-mcp.totals)."
            );
    }

    private static string? Find(SchemaModel answer)
    {
        List<(string Path, SchemaModel Schema)> level = [("", answer)];
        for (var depth = 0; depth < MaxDepth; depth++)
        {
            var members = level
                .SelectMany(holder =>
                    holder
                        .Schema.Properties.Where(property => !Others.Contains(property.Name))
                        .Select(property =>
                            (
                                Path: holder.Path.Length == 0 ? property.Name : $"{holder.Path}.{property.Name}",
                                property.Schema
                            )
                        )
                )
                .ToList();
            var lists = members.FindAll(member => member.Schema.Items is { } item && IsRow(item));
            if (lists.Count > 0)
            {
                return lists.Count == 1 ? lists[0].Path : lists.Find(list => list.Path == "data").Path;
            }

            level = members.FindAll(member => member.Schema.Items is null && member.Schema.Properties.Count > 0);
        }

        return null;
    }

    private static bool IsRow(SchemaModel item) => item.Types.Count == 0 || item.Types.Contains("object");

    private static SchemaModel RowOf(SchemaModel answer, string path) =>
        path.Split('.').Aggregate(answer, (schema, step) => Property(schema, step)!).Items!;

    private static bool Has(SchemaModel row, string path)
    {
        SchemaModel? schema = row;
        foreach (var step in path.Split('.'))
        {
            schema = schema is null ? null : Property(schema, step);
        }

        return schema is not null;
    }

    private static SchemaModel? Property(SchemaModel schema, string name) =>
        schema.Properties.FirstOrDefault(property => property.Name == name)?.Schema;
}
